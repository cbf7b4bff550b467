namespace Footfall.Core.Search;

/// <summary>Hits, newest first.</summary>
/// <param name="Next">What the next page stands before; null when there is none.</param>
public sealed record HitPage(IReadOnlyList<FoundHit> Hits, HitPlace? Next);
