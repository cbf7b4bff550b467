namespace Footfall.Core.Reports;

/// <summary>How a dimension's value is found.</summary>
public enum DimensionKind
{
    /// <summary>A column of text.</summary>
    Text,

    /// <summary>A property of the event, by name.</summary>
    Property,

    /// <summary>The names of the event's properties, as a list in JSON.</summary>
    PropertyNames,

    /// <summary>Whether the visitor's first event ever is in the range.</summary>
    NewOrReturning,

    Hour,
    Day,
    Week,
    Month,
    HourOfDay,
    DayOfWeek,
}
