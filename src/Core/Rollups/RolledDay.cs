namespace Footfall.Core.Rollups;

/// <summary>A local day of a site whose rollup is in the store and says what the warehouse says.</summary>
/// <param name="Basis">
/// What it was made with besides the events: the site's time zone, the definitions that made the day's rows and the layout of the slices, as one
/// text. A rollup of another time zone or layout is as good as none; of the definitions it tells what answers state.
/// </param>
/// <param name="IsFirst">Whether the site has no event on any earlier day, so that those need no rollup.</param>
/// <param name="Edition">Given by the store: larger than that of every rollup it took in before, so that what was read of one day is of one making.</param>
public sealed record RolledDay(int Site, DateOnly Day, string Basis, bool IsFirst, long Edition);
