namespace Footfall.Server.Cli.Wire;

/// <summary>What was erased.</summary>
public sealed record ReceiptAnswer(
    DateTimeOffset CompletedAt, string Through, long Hits, long Events, long Visits, int LostBlocks, IReadOnlyList<ErasedSegmentAnswer> Segments);
