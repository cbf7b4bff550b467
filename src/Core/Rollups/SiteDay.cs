namespace Footfall.Core.Rollups;

/// <summary>A local day of a site.</summary>
public readonly record struct SiteDay(int Site, DateOnly Day);
