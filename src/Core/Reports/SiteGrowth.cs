namespace Footfall.Core.Reports;

/// <summary>What came into the warehouse of one site.</summary>
/// <param name="First">The earliest of the events, UTC.</param>
/// <param name="Events">How many, bots included.</param>
public readonly record struct SiteGrowth(int Site, DateTime First, long Events);
