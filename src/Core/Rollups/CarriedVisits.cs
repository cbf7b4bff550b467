namespace Footfall.Core.Rollups;

/// <summary>
/// Visits of a row that began on an earlier local day. Over a range of days a visit counts on the first of its days in the range, so that each counts
/// once: these count here unless <see cref="SeenOn"/> is in the range, too; and they began in the range only when <see cref="StartedOn"/> is in it.
/// </summary>
/// <param name="StartedOn">The local day of the visit's first event.</param>
/// <param name="SeenOn">The latest earlier local day on which the visit has an event of the same value; null when there is none.</param>
public readonly record struct CarriedVisits(DateOnly StartedOn, DateOnly? SeenOn, VisitSums Sums);
