namespace Footfall.Server.Search;

/// <summary>Raw hits that the index refused for good.</summary>
/// <param name="Count">How many there are.</param>
/// <param name="Hits">The newest of them, newest first.</param>
sealed record RefusedHitsDocument(long Count, IReadOnlyList<RefusedHit> Hits);
