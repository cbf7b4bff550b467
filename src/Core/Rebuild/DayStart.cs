namespace Footfall.Core.Rebuild;

/// <summary>A local day of a site.</summary>
/// <param name="Start">Its first instant, milliseconds.</param>
public readonly record struct DayStart(int Site, DateOnly Day, long Start);
