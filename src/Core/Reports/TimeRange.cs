namespace Footfall.Core.Reports;

/// <summary>Instants from one, included, to another, excluded. Both are UTC.</summary>
public readonly record struct TimeRange(DateTime From, DateTime To);
