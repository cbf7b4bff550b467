namespace Footfall.EndToEnd.Counting;

/// <summary>In no order at all.</summary>
public sealed class ShuffledMonth() : Month(count: 100_000, pages: 300, lateBy: int.MaxValue);
