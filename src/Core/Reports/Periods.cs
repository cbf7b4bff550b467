namespace Footfall.Core.Reports;

/// <summary>The periods that have a name, by the site's local day. Those counted in days include today.</summary>
public static class Periods
{
    /// <summary>From the site's first event to today.</summary>
    public const string All = "all";

    public const string Default = "28d";

    public static IReadOnlyList<string> Names { get; } = ["today", "yesterday", "7d", "28d", "30d", "90d", "month", "12mo", "year", All];

    /// <summary>The days of a period; null when there is no such period.</summary>
    public static DateRange? Find(string name, DateOnly today)
    {
        var month = new DateOnly(today.Year, today.Month, 1);
        return name switch
        {
            "today" => new DateRange(today, today),
            "yesterday" => new DateRange(today.AddDays(-1), today.AddDays(-1)),
            "7d" => new DateRange(today.AddDays(-6), today),
            "28d" => new DateRange(today.AddDays(-27), today),
            "30d" => new DateRange(today.AddDays(-29), today),
            "90d" => new DateRange(today.AddDays(-89), today),
            "month" => new DateRange(month, month.AddMonths(1).AddDays(-1)),
            "12mo" => new DateRange(month.AddMonths(-11), month.AddMonths(1).AddDays(-1)),
            "year" => new DateRange(new DateOnly(today.Year, 1, 1), new DateOnly(today.Year, 12, 31)),
            All => new DateRange(ReportLimits.FirstDay, today),
            _ => null,
        };
    }
}
