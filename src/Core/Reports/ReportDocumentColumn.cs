namespace Footfall.Core.Reports;

/// <summary>A column of an answer.</summary>
/// <param name="Kind">dimension or metric.</param>
/// <param name="Unit">Of a metric: how its number is to be read.</param>
public sealed record ReportDocumentColumn(string Id, string Label, string Kind, MetricUnit? Unit);
