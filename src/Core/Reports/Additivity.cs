namespace Footfall.Core.Reports;

/// <summary>Whether the rows of a report add up to its total.</summary>
public enum Additivity
{
    /// <summary>Never: the same visitor or visit may stand in several rows, or the number is a ratio.</summary>
    None,

    /// <summary>Over time, and over dimensions of the visit.</summary>
    Starts,

    /// <summary>Over every dimension.</summary>
    Events,
}
