namespace Footfall.Core.Reports;

/// <summary>What a report's rows hold, in the order asked for.</summary>
public sealed record ReportColumns(IReadOnlyList<ReportColumn> Dimensions, IReadOnlyList<ReportColumn> Metrics)
{
    public static ReportColumns Of(ReportQuery query) => new(
        [.. query.Dimensions.Select(dimension => new ReportColumn(dimension.Id, dimension.Label, null))],
        [.. query.Metrics.Select(metric => new ReportColumn(metric.Id, metric.Label, metric.Unit))]);
}
