namespace Footfall.Core.Search;

/// <summary>What came since a position, oldest first.</summary>
/// <param name="Position">Where to go on; only the index that gave it can read it.</param>
public sealed record HitTail(IReadOnlyList<FoundHit> Hits, string Position);
