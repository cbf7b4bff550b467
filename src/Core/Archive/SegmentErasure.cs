namespace Footfall.Core.Archive;

/// <summary>What erasing costs one segment.</summary>
/// <param name="Before">The segment as it was; the one that takes its place has another checksum.</param>
/// <param name="Hits">Hits that are blanked.</param>
/// <param name="LostBlocks">Blocks destroyed whole, because they were damaged and what they held could not be told apart any more.</param>
public sealed record SegmentErasure(ArchiveSegment Before, long Hits, int LostBlocks);
