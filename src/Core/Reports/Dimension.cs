namespace Footfall.Core.Reports;

/// <summary>One row of the table of dimensions.</summary>
/// <param name="Ga4Name">The name in Google's Data API; null when it has no counterpart.</param>
/// <param name="Field">The warehouse's column, or the property's name.</param>
public sealed record Dimension(
    string Id, string Label, string? Ga4Name, string Description, DimensionScope Scope, DimensionKind Kind, string Field, MissingValue Missing)
{
    /// <summary>Whether the values are buckets of time.</summary>
    public bool IsTime => Kind >= DimensionKind.Hour;

    /// <summary>Whether the buckets follow each other from the start of the range to its end.</summary>
    public bool IsTimeline => Kind is DimensionKind.Hour or DimensionKind.Day or DimensionKind.Week or DimensionKind.Month;
}
