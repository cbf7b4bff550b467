namespace Footfall.Server.Search;

/// <summary>A page of raw hits, newest first.</summary>
/// <param name="Next">Sent as before, it asks for the next page; null when there is none.</param>
sealed record HitsDocument(IReadOnlyList<HitDocument> Hits, string? Next);
