namespace Footfall.Core.Reports;

/// <summary>How much one report may ask for.</summary>
public static class ReportLimits
{
    public const int MetricsMax = 40;
    public const int DimensionsMax = 6;
    public const int RowsDefault = 100;
    public const int RowsMax = 10_000;
    public const int OffsetMax = 10_000_000;
    public const int FilterDepthMax = 6;
    public const int FilterTestsMax = 50;
    public const int FilterValuesMax = 1_000;
    public const int FilterValueLengthMax = 2_000;
    public const int ExpressionLengthMax = 500;

    /// <summary>Days that a report by the hour may span.</summary>
    public const int HourlyDaysMax = 400;

    public static readonly DateOnly FirstDay = new(1970, 1, 1);
    public static readonly DateOnly LastDay = new(2199, 12, 31);
}
