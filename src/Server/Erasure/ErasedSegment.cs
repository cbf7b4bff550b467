namespace Footfall.Server.Erasure;

/// <summary>A segment of the archive that was written anew to erase hits.</summary>
/// <param name="Before">SHA-256 of the content that is gone.</param>
/// <param name="After">SHA-256 of what took its place; null until it has.</param>
/// <param name="Hits">How many hits were blanked.</param>
/// <param name="LostBlocks">Blocks destroyed whole because they were damaged already.</param>
sealed record ErasedSegment(int Partition, long Start, long End, string Before, string? After, long Hits, int LostBlocks);
