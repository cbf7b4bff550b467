using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>What one snapshot of the warehouse says of some days of a site.</summary>
/// <param name="Seen">Where the warehouse stood in each partition.</param>
/// <param name="CompleteUntil">Received time up to which everything is in it, UTC; null when nothing has been worked off.</param>
/// <param name="Slices">For each day the day as a whole, and each dimension.</param>
/// <param name="MadeBy">What made the rows of the days, as <see cref="Reports.MadeBy"/> writes it.</param>
public sealed record RollupReading(IReadOnlyList<LogPosition> Seen, DateTime? CompleteUntil, IReadOnlyList<DraftSlice> Slices, string MadeBy);
