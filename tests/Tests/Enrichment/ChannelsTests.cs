using Footfall.Core.Enrichment;

namespace Footfall.Tests.Enrichment;

public sealed class ChannelsTests
{
    // Golden: source, medium, campaign, channel. At least one row per rule, in the rules' order, then the edges between them.
    public static readonly TheoryData<string, string, string, string> Golden = new()
    {
        { "(direct)", "(none)", "", "Direct" },
        { "(direct)", "(not set)", "", "Direct" },
        { "google", "cpc", "Cross-network", "Cross-network" },
        { "google", "cpc", "2026 CROSS-NETWORK pmax", "Cross-network" },
        { "amazon", "cpc", "", "Paid Shopping" },
        { "google", "cpc", "spring shopping", "Paid Shopping" },
        { "google", "cpc", "e-shop sale", "Paid Shopping" },
        { "google", "cpc", "brand", "Paid Search" },
        { "Bing", "PPC", "", "Paid Search" },
        { "facebook", "paid_social", "", "Paid Social" },
        { "fb", "cpc", "", "Paid Social" },
        { "youtube.com", "cpv-cpc", "", "Paid Video" },
        { "example.com", "display", "", "Display" },
        { "example.com", "banner", "", "Display" },
        { "example.com", "expandable", "", "Display" },
        { "example.com", "interstitial", "", "Display" },
        { "example.com", "CPM", "", "Display" },
        { "example.com", "cpa", "", "Paid Other" },
        { "example.com", "retargeting", "", "Paid Other" },
        { "ebay", "referral", "", "Organic Shopping" },
        { "newsletter", "email", "shop opening", "Organic Shopping" },
        { "t.co", "referral", "", "Organic Social" },
        { "example.com", "Social Media", "", "Organic Social" },
        { "example.com", "sm", "", "Organic Social" },
        { "vimeo.com", "referral", "", "Organic Video" },
        { "example.com", "promo-video-1", "", "Organic Video" },
        { "google", "organic", "", "Organic Search" },
        { "google", "referral", "", "Organic Search" },
        { "example.com", "Organic", "", "Organic Search" },
        { "chatgpt.com", "referral", "", "AI Assistant" },
        { "claude.ai", "", "", "AI Assistant" },
        { "example.com", "ai-assistant", "", "AI Assistant" },
        { "example.com", "e-mail", "", "Email" },
        { "Email", "weekly", "", "Email" },
        { "e mail", "x", "", "Email" },
        { "example.com", "affiliate", "", "Affiliates" },
        { "example.com", "referral", "", "Referral" },
        { "example.com", "app", "", "Referral" },
        { "example.com", "link", "", "Referral" },
        { "spotify", "audio", "", "Audio" },
        { "sms", "text", "", "SMS" },
        { "example.com", "SMS", "", "SMS" },
        { "example.com", "webpush", "", "Mobile Push Notifications" },
        { "example.com", "in-mobile-app", "", "Mobile Push Notifications" },
        { "example.com", "notification_1", "", "Mobile Push Notifications" },
        { "firebase", "x", "", "Mobile Push Notifications" },
        { "example.com", "something", "", "Unassigned" },
        { "(not set)", "(not set)", "", "Unassigned" },
        { "(direct)", "email", "", "Email" },
        // "shop" after any letter but e is another word: "bishop" is no shop, "eshop" is one.
        { "example.com", "referral", "bishop", "Referral" },
        { "example.com", "referral", "eshop", "Organic Shopping" },
        { "example.com", "referral", "workshop", "Referral" },
        { "example.com", "referral", "shop", "Organic Shopping" },
        // Paid social that names its medium so is paid, not organic.
        { "linkedin.com", "paid-social", "", "Paid Social" },
        // A part of a search engine's company that is not its search.
        { "docs.google.com", "referral", "", "Referral" },
        { "mail.google.com", "email", "", "Email" },
        // cpm is paid too, so a known network is more than display.
        { "facebook.com", "cpm", "", "Paid Social" },
        // prepaid does not begin with paid.
        { "example.com", "prepaid", "", "Unassigned" },
        { "example.com", "push-later", "", "Unassigned" },
    };

    [Theory]
    [MemberData(nameof(Golden))]
    public void A_source_a_medium_and_a_campaign_give_a_channel(string source, string medium, string campaign, string channel) =>
        Assert.Equal(channel, Channels.Of(source, medium, campaign, KnownSources.Bundled));

    [Theory]
    [MemberData(nameof(Golden))]
    public void Case_does_not_matter(string source, string medium, string campaign, string channel) =>
        Assert.Equal(channel, Channels.Of(source.ToUpperInvariant(), medium.ToUpperInvariant(), campaign.ToUpperInvariant(), KnownSources.Bundled));

    [Fact]
    public void There_are_twenty_channels_and_each_has_a_golden_row()
    {
        Assert.Equal(20, Channels.Rules.Select(rule => rule.Channel).Distinct().Count());
        Assert.Equal(20, Channels.Rules.Count);
        Assert.Empty(Channels.Rules.Select(rule => rule.Channel).Except(Golden.Select(row => row.Data.Item4)));
    }
}
