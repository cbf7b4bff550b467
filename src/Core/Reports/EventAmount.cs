namespace Footfall.Core.Reports;

/// <summary>What is added up over events.</summary>
public enum EventAmount
{
    /// <summary>Milliseconds in the foreground.</summary>
    Engagement,

    /// <summary>Millionths of the site's currency; refunds are negative.</summary>
    Revenue,

    /// <summary>Pieces.</summary>
    Items,
}
