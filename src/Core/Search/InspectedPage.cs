namespace Footfall.Core.Search;

/// <summary>Inspected hits, newest first.</summary>
/// <param name="Next">What the next page stands before; null when there is none.</param>
public sealed record InspectedPage(IReadOnlyList<InspectedHit> Hits, HitPlace? Next);
