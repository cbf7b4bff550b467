using Footfall.Core.Reports;

namespace Footfall.Server.Cli.Wire;

/// <summary>What is asked of a site'\''s events. Null means the server'\''s default.</summary>
public sealed record ReportQuestion
{
    public required IReadOnlyList<string> Metrics { get; init; }

    public IReadOnlyList<string> Dimensions { get; init; } = [];

    public string? From { get; init; }

    public string? To { get; init; }

    public IReadOnlyList<FilterRequest>? Filters { get; init; }

    public IReadOnlyList<string>? Order { get; init; }

    public int? Limit { get; init; }

    public string? Compare { get; init; }
}
