namespace Footfall.Core.Enrichment;

/// <summary>What a click id in a page's address says about where the visitor came from.</summary>
public sealed record ClickId(string Parameter, string Source, string Medium)
{
    /// <summary>False for ids that networks add to unpaid links too, fbclid before all: a referrer says more than they do.</summary>
    public bool IsPaid => Medium is not ("organic" or "referral");
}
