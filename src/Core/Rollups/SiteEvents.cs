namespace Footfall.Core.Rollups;

/// <summary>Events of a site, bots included: those that came in, or all that were booked.</summary>
/// <param name="First">When the earliest happened, UTC.</param>
/// <param name="Events">How many.</param>
public readonly record struct SiteEvents(int Site, DateTime First, long Events);
