namespace Footfall.Core.Reports;

/// <summary>How a filter compares a dimension's value. Text is compared exactly unless the test ignores case.</summary>
public enum FilterOperator
{
    Is,
    IsNot,
    Contains,
    NotContains,
    StartsWith,
    EndsWith,

    /// <summary>A regular expression in RE2's syntax finds something in the value.</summary>
    Matches,
    NotMatches,
    In,
    NotIn,

    /// <summary>The value is a number and greater. A value that is no number is neither greater nor less.</summary>
    Greater,
    Less,
}
