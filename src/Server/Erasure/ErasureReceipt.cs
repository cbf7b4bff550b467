namespace Footfall.Server.Erasure;

/// <summary>What was erased, when, and how it can be checked. It is signed; it names nobody but by the hash that was erased.</summary>
/// <param name="Hits">Raw hits that were blanked.</param>
/// <param name="Events">Rows of the warehouse that went.</param>
/// <param name="Through">Position of the log; nothing received before it is left.</param>
/// <param name="Remaining">What a search found afterwards: always 0, or there is no receipt.</param>
/// <param name="Program">The version that erased.</param>
sealed record ErasureReceipt(
    string Id, DateTimeOffset RequestedAt, DateTimeOffset CompletedAt, int Site, string SiteName, string? Visitor, string Through,
    long Hits, long Events, long Visits, int LostBlocks, long Remaining, string Program, IReadOnlyList<ErasedSegment> Segments);
