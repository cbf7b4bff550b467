namespace Footfall.Core.Reports;

/// <summary>Which visits a measure takes. All but <see cref="Any"/> look at the whole visit, not only at its events in the row.</summary>
public enum VisitTest
{
    Any,

    /// <summary>Began in the range and, in a row of a time dimension, in the row's bucket.</summary>
    Started,

    /// <summary>Over ten seconds of engagement, or a key event, or two page views.</summary>
    Engaged,

    /// <summary>One page view and nothing else that the visitor did.</summary>
    SinglePage,

    /// <summary>Has a key event.</summary>
    KeyEvent,

    /// <summary>Of a visitor whose first event ever is in the range and, in a row of a time dimension, in the row's bucket.</summary>
    New,

    /// <summary>Engaged, or with any engagement time, or of a new visitor.</summary>
    Active,
}
