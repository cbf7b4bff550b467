namespace Footfall.EndToEnd.Harness;

/// <summary>One row of a report.</summary>
public sealed record ReportRow(IReadOnlyList<string> Dimensions, IReadOnlyDictionary<string, double> Metrics)
{
    public double Metric(string id) => Metrics[id];
}
