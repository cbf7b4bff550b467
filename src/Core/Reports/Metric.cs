namespace Footfall.Core.Reports;

/// <summary>One row of the table of metrics.</summary>
/// <param name="Ga4Name">The name in Google's Data API; null when it has no counterpart.</param>
public sealed record Metric(
    string Id, string Label, string? Ga4Name, string Description, MetricUnit Unit, Additivity Additivity, Measure Measure);
