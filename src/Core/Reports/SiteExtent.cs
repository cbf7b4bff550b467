using Footfall.Core.HitLog;

namespace Footfall.Core.Reports;

/// <summary>How far a site's events reach back.</summary>
/// <param name="First">The earliest, UTC; null when there is none.</param>
/// <param name="Events">How many there are.</param>
/// <param name="Seen">Where the warehouse stood in each partition.</param>
public readonly record struct SiteExtent(DateTime? First, long Events, IReadOnlyList<LogPosition> Seen);
