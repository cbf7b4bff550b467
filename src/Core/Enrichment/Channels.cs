using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Footfall.Core.Enrichment;

/// <summary>The default channel group: GA4's rules as one table, in order; the first row that matches gives the channel.</summary>
public static partial class Channels
{
    static readonly FrozenSet<string> DisplayMediums = Words("display", "banner", "expandable", "interstitial", "cpm");

    static readonly FrozenSet<string> SocialMediums =
        Words("social", "social-network", "social-media", "sm", "social network", "social media");

    static readonly FrozenSet<string> EmailWords = Words("email", "e-mail", "e_mail", "e mail");
    static readonly FrozenSet<string> ReferralMediums = Words("referral", "app", "link");

    public static IReadOnlyList<ChannelRule> Rules { get; } =
    [
        new("Direct", e => e.HasSource(Labels.Direct) && (e.HasMedium(Labels.None) || e.HasMedium(Labels.NotSet))),
        new("Cross-network", e => e.Campaign.Contains("cross-network", StringComparison.OrdinalIgnoreCase)),
        new("Paid Shopping", e => e.IsShop && e.IsPaid),
        new("Paid Search", e => e.Kind == SourceKind.Search && e.IsPaid),
        new("Paid Social", e => e.Kind == SourceKind.Social && e.IsPaid),
        new("Paid Video", e => e.Kind == SourceKind.Video && e.IsPaid),
        new("Display", e => DisplayMediums.Contains(e.Medium)),
        new("Paid Other", e => e.IsPaid),
        new("Organic Shopping", e => e.IsShop),
        new("Organic Social", e => e.Kind == SourceKind.Social || SocialMediums.Contains(e.Medium)),
        new("Organic Video", e => e.Kind == SourceKind.Video || e.MediumContains("video")),
        new("Organic Search", e => e.Kind == SourceKind.Search || e.HasMedium("organic")),
        new("AI Assistant", e => e.Kind == SourceKind.Assistant || e.HasMedium("ai-assistant")),
        new("Email", e => EmailWords.Contains(e.Source) || EmailWords.Contains(e.Medium)),
        new("Affiliates", e => e.HasMedium("affiliate")),
        new("Referral", e => ReferralMediums.Contains(e.Medium)),
        new("Audio", e => e.HasMedium("audio")),
        new("SMS", e => e.HasSource("sms") || e.HasMedium("sms")),
        new("Mobile Push Notifications", IsPush),
        new("Unassigned", _ => true),
    ];

    /// <summary>The channel of a source, a medium and a campaign; case does not matter.</summary>
    public static string Of(string source, string medium, string campaign, KnownSources known)
    {
        var kind = known.KindOf(source);
        var isShop = kind == SourceKind.Shopping || ShopCampaign().IsMatch(campaign);
        var evidence = new ChannelEvidence(source, medium, campaign, kind, PaidMedium().IsMatch(medium), isShop);
        for (var i = 0; ; i++)
        {
            // The last rule matches everything.
            if (Rules[i].Matches(evidence))
                return Rules[i].Channel;
        }
    }

    static bool IsPush(ChannelEvidence evidence) =>
        evidence.Medium.EndsWith("push", StringComparison.OrdinalIgnoreCase)
        || evidence.MediumContains("mobile")
        || evidence.MediumContains("notification")
        || evidence.HasSource("firebase");

    static FrozenSet<string> Words(params string[] words) => words.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex("^(.*cp.*|ppc|retargeting|paid.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex PaidMedium();

    [GeneratedRegex("^(.*(([^a-df-z]|^)shop|shopping).*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ShopCampaign();
}
