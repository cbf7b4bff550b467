namespace Footfall.Core.Reports;

/// <summary>A question as asked for, in JSON or as query parameters of the same names. Anything may be missing or wrong.</summary>
public sealed record ReportRequest
{
    /// <summary>Ids of metrics; at least one.</summary>
    public IReadOnlyList<string>? Metrics { get; init; }

    /// <summary>Ids of dimensions, <c>prop:NAME</c> included.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; }

    /// <summary>today, yesterday, 7d, 28d, 30d, 90d, month, 12mo, year or all, in place of from and to. 28d when none is given.</summary>
    public string? Period { get; init; }

    /// <summary>The first local day, yyyy-MM-dd.</summary>
    public string? From { get; init; }

    /// <summary>The last local day, included; today when only from is given.</summary>
    public string? To { get; init; }

    /// <summary>All of them must hold.</summary>
    public IReadOnlyList<FilterRequest>? Filters { get; init; }

    /// <summary>Ids of the report's metrics or dimensions, with a minus for largest first.</summary>
    public IReadOnlyList<string>? Order { get; init; }

    public int? Limit { get; init; }

    public int? Offset { get; init; }

    /// <summary>previous_period, previous_year or custom.</summary>
    public string? Compare { get; init; }

    /// <summary>The first local day to compare with, when compare is custom.</summary>
    public string? CompareFrom { get; init; }

    /// <summary>The last local day to compare with, included, when compare is custom.</summary>
    public string? CompareTo { get; init; }
}
