namespace Footfall.Core.Reports;

/// <summary>How a column says that it has no value; reports then show <c>(not set)</c>.</summary>
public enum MissingValue
{
    Never,

    /// <summary>By an empty text; the column is never null.</summary>
    Empty,

    /// <summary>By null, or an empty text.</summary>
    Null,
}
