namespace Footfall.Core.Reports;

/// <summary>How far a site's events reach back.</summary>
/// <param name="First">The earliest, UTC; null when there is none.</param>
/// <param name="Events">How many there are.</param>
public readonly record struct SiteExtent(DateTime? First, long Events);
