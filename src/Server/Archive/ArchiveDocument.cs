namespace Footfall.Server.Archive;

/// <summary>What the raw archive holds.</summary>
/// <param name="Missing">Segments that were sealed and are gone although nobody deleted them.</param>
sealed record ArchiveDocument(IReadOnlyList<ArchiveSegmentDocument> Segments, IReadOnlyList<ArchiveSegmentDocument> Missing, long LagBytes, string? Failed);
