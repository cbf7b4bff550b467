namespace Footfall.Core.Reports;

/// <summary>A report ran longer than it may and was stopped.</summary>
public sealed class ReportTimeoutException(TimeSpan limit) : Exception($"The report took longer than {limit.TotalSeconds:0} seconds and was stopped.")
{
    public TimeSpan Limit { get; } = limit;
}
