namespace Footfall.Core.Reports;

/// <summary>What stands in a place of a report's rows.</summary>
/// <param name="Unit">Of a metric; null for a dimension.</param>
public sealed record ReportColumn(string Id, string Label, MetricUnit? Unit);
