namespace Footfall.Server.Search;

/// <summary>The raw hits since a position, oldest first.</summary>
/// <param name="Position">Sent as since, it goes on from here.</param>
sealed record HitTailDocument(IReadOnlyList<HitDocument> Hits, string Position);
