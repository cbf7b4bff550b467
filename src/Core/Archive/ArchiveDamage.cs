namespace Footfall.Core.Archive;

/// <summary>A stretch of a segment that fails its checks, and what it held as far as that is known.</summary>
/// <param name="Start">Offset of the first record that cannot be read; equal to <paramref name="End"/> when every record can.</param>
/// <param name="End">Offset at which reading goes on.</param>
/// <param name="What">Which check failed, in words for an operator.</param>
public sealed record ArchiveDamage(ArchiveSegment Segment, long Start, long End, BlockFacts Facts, string What)
{
    /// <summary>Whether hits are lost by it, and not only what helps to find them.</summary>
    public bool HurtsHits => End > Start;
}
