namespace Footfall.Core.Reports;

/// <summary>A filter as asked for: exactly one of <c>and</c>, <c>or</c>, <c>not</c> or a test of a dimension.</summary>
public sealed record FilterRequest
{
    /// <summary>All of them hold.</summary>
    public IReadOnlyList<FilterRequest>? And { get; init; }

    /// <summary>At least one of them holds.</summary>
    public IReadOnlyList<FilterRequest>? Or { get; init; }

    /// <summary>It does not hold.</summary>
    public FilterRequest? Not { get; init; }

    /// <summary>A dimension's id, <c>prop:NAME</c> included.</summary>
    public string? Dimension { get; init; }

    /// <summary>is (the default), is_not, contains, not_contains, starts_with, ends_with, matches, not_matches, in, not_in, greater or less.</summary>
    public string? Op { get; init; }

    public string? Value { get; init; }

    /// <summary>For in and not_in.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Whether upper and lower case are the same.</summary>
    public bool IgnoreCase { get; init; }
}
