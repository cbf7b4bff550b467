namespace Footfall.Core.Reports;

/// <summary>One row of an answer. A metric is null where it is a ratio to nothing.</summary>
public sealed record ReportRow(IReadOnlyList<string> Dimensions, IReadOnlyList<double?> Metrics);
