namespace Footfall.Core.Enrichment;

/// <summary>Where a visit came from. Empty campaign, content and term mean that none was sent.</summary>
public sealed record TrafficSource(
    string Source, string Medium, string Campaign, string Content, string Term, string Channel, string Referrer)
{
    public static readonly TrafficSource Direct = new(Labels.Direct, Labels.None, "", "", "", "Direct", "");
}
