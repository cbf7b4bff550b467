namespace Footfall.Core.Reports;

/// <summary>How a metric's number is to be read.</summary>
public enum MetricUnit
{
    Count,

    /// <summary>A share between 0 and 1.</summary>
    Share,

    /// <summary>A mean of counts.</summary>
    Mean,

    Seconds,

    /// <summary>Units of the site's currency.</summary>
    Currency,
}
