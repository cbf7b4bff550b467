namespace Footfall.EndToEnd.Counting;

/// <summary>Many events on many pages, arriving hours late.</summary>
public sealed class BusyMonth() : Month(count: 2_000_000, pages: 80_000, lateBy: 10_000);
