namespace Footfall.Core.Rollups;

/// <summary>What the warehouse says of one value of a dimension on one local day.</summary>
/// <param name="Value">As reports show it.</param>
/// <param name="Started">Of the visits that began on this day; where the values are hours, in this hour.</param>
/// <param name="Carried">The other visits.</param>
/// <param name="Visitors">The distinct visitors, in no order.</param>
public sealed record DraftRow(string Value, EventSums Events, VisitSums Started, IReadOnlyList<CarriedVisits> Carried, IReadOnlyList<ulong> Visitors);
