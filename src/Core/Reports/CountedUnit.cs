namespace Footfall.Core.Reports;

/// <summary>What a report must tell apart while it adds up events.</summary>
public enum CountedUnit
{
    /// <summary>Nothing: sums of events suffice.</summary>
    None,

    Visitor,
    Visit,
}
