using Footfall.Core.Archive;

namespace Footfall.Server.Archive;

/// <summary>One sealed segment.</summary>
/// <param name="Start">Position of its first record.</param>
/// <param name="From">The earliest receipt in it.</param>
/// <param name="Until">The latest one.</param>
/// <param name="RawBytes">What its records take uncompressed.</param>
/// <param name="Sites">Hits by site; null when the list is gone.</param>
sealed record ArchiveSegmentDocument(
    int Partition, long Start, long End, DateTimeOffset From, DateTimeOffset Until, long Records, long Hits, long Bytes, long RawBytes,
    string Effort, int Revision, string Sha256, IReadOnlyDictionary<int, long>? Sites)
{
    public static ArchiveSegmentDocument Of(ArchiveSegment segment, IReadOnlyDictionary<int, long>? sites) => new(
        segment.Partition, segment.Start, segment.End, DateTimeOffset.FromUnixTimeMilliseconds(segment.FirstReceivedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(segment.LastReceivedAt), segment.Records, segment.Hits, segment.Bytes, segment.RawBytes,
        segment.Effort == ArchiveEffort.Quick ? "quick" : "thorough", segment.Revision, segment.Sha256, sites);
}
