namespace Footfall.Core.Reports;

/// <summary>The answer to a report, with what is needed to judge it.</summary>
public sealed record ReportAnswer
{
    public required ReportColumns Columns { get; init; }

    public required IReadOnlyList<ReportRow> Rows { get; init; }

    /// <summary>Each metric over the whole range, counted anew: distinct visitors of rows do not add up.</summary>
    public required IReadOnlyList<double?> Totals { get; init; }

    /// <summary>All rows, before paging.</summary>
    public required long RowCount { get; init; }

    public ComparedAnswer? Compare { get; init; }

    /// <summary>Always true: nothing is sampled, estimated or left out.</summary>
    public bool Exact { get; init; } = true;

    /// <summary>Everything received until then is in the numbers; null when nothing was ever received.</summary>
    public DateTimeOffset? CompleteUntil { get; init; }

    /// <summary>The processing logic that made the numbers.</summary>
    public required string DefinitionVersion { get; init; }

    /// <summary>How long visitors can be told apart.</summary>
    public required IdentityLifetime Identity { get; init; }

    public required string TimeZone { get; init; }

    public required string Currency { get; init; }

    /// <summary>The first local day.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last local day, included.</summary>
    public required DateOnly To { get; init; }
}
