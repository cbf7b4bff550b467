namespace Footfall.Core.Enrichment;

/// <summary>Event names with a meaning of their own.</summary>
public static class EventNames
{
    public const string PageView = "pageview";
    public const string Purchase = "purchase";
    public const string Refund = "refund";

    /// <summary>Carries only engagement time; not interactive.</summary>
    public const string Engagement = "engagement";

    public const string Download = "download";
}
