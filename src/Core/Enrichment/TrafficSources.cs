using Footfall.Core.Sites;

namespace Footfall.Core.Enrichment;

/// <summary>
/// Where a visit came from. In this order: campaign parameters; a paid click id; the referrer, by the table of known sources; an unpaid
/// click id; else direct. The site's own domains are no source. As in GA4, values keep the case they were sent in (the channel rules
/// ignore case), and a campaign without source or medium shows <c>(not set)</c> there.
/// </summary>
public static class TrafficSources
{
    /// <summary>Version of the tables and rules here, of channels and of referrer spam; part of the definition version.</summary>
    public const string RulesVersion = "2026-11";

    const int ReferrerLengthMax = 2000;

    /// <summary>The source of a page view from the page's address and its referrer. Reads any text, never throws.</summary>
    public static TrafficSource Resolve(string? url, string? referrer, Site site, KnownSources known)
    {
        var parts = UrlParts.Of(url);
        var campaign = CampaignParameters.Read(parts.Query, out var clickId);
        return Resolve(campaign, clickId, referrer, parts.Host, site, known);
    }

    /// <summary>The same where a protocol carries the campaign in fields of its own.</summary>
    public static TrafficSource Resolve(CampaignParameters campaign, string? referrer, Site site, KnownSources known) =>
        Resolve(campaign, null, referrer, default, site, known);

    static TrafficSource Resolve(
        CampaignParameters campaign, ClickId? clickId, string? referrer, ReadOnlySpan<char> pageHost, Site site, KnownSources known)
    {
        var from = UrlParts.Of(referrer);
        var isExternal = !from.Host.IsEmpty && !site.Owns(from.Host) && !from.Host.Equals(pageHost, StringComparison.OrdinalIgnoreCase);
        if (!isExternal && !campaign.Decide && clickId is null && campaign.Content.Length + campaign.Term.Length == 0)
            return TrafficSource.Direct;

        var host = isExternal ? WithoutWww(from.Host) : default;
        var (source, medium) = SourceAndMedium(campaign, clickId, host, known);
        return new TrafficSource(
            source, medium, campaign.Campaign, campaign.Content, campaign.Term,
            Channels.Of(source, medium, campaign.Campaign, known),
            isExternal ? ReferrerText(host, from.Path) : "");
    }

    static (string Source, string Medium) SourceAndMedium(
        CampaignParameters campaign, ClickId? clickId, ReadOnlySpan<char> host, KnownSources known)
    {
        if (campaign.Decide)
            return (OrNotSet(campaign.Source), OrNotSet(campaign.Medium));
        if (clickId is { IsPaid: true })
            return (clickId.Source, clickId.Medium);
        if (!host.IsEmpty)
            return OfReferrer(host, known);
        return clickId is null ? (Labels.Direct, Labels.None) : (clickId.Source, clickId.Medium);
    }

    static (string Source, string Medium) OfReferrer(ReadOnlySpan<char> host, KnownSources sources) => sources.ByHost(host) switch
    {
        { Kind: SourceKind.Search } engine => (engine.Name, "organic"),
        { Kind: SourceKind.Email } mailbox => (mailbox.Name, "email"),
        { } known => (known.Name, "referral"),
        null => (host.ToString().ToLowerInvariant(), "referral"),
    };

    static string ReferrerText(ReadOnlySpan<char> host, ReadOnlySpan<char> path)
    {
        var page = new CutText(stackalloc char[ReferrerLengthMax]);
        page.Append(host.ToString().ToLowerInvariant());
        if (path is not "/")
            page.Append(path);
        return page.ToString();
    }

    static ReadOnlySpan<char> WithoutWww(ReadOnlySpan<char> host) =>
        host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) && host.Length > 4 ? host[4..] : host;

    static string OrNotSet(string value) => value.Length == 0 ? Labels.NotSet : value;
}
