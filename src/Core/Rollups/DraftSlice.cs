namespace Footfall.Core.Rollups;

/// <summary>What the warehouse says of one dimension on one local day of a site; bots left out.</summary>
/// <param name="Dimension">Empty for the day as a whole: one row with an empty value, or none when the day has no events.</param>
/// <param name="HasDaily">Whether a visit of the day is of a visitor who is told apart for one day only; said of the day as a whole.</param>
/// <param name="HasLasting">Whether one is of a visitor who is told apart for longer; said of the day as a whole.</param>
public sealed record DraftSlice(string Dimension, DateOnly Day, IReadOnlyList<DraftRow> Rows, bool HasDaily, bool HasLasting);
