namespace Footfall.Core.Warehouse;

/// <summary>How many hits of an hour of receipt (milliseconds) came to an outcome.</summary>
public readonly record struct LedgerLine(int Site, long Hour, string Outcome, long Hits);
