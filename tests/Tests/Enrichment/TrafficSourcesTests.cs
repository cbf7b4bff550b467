using Footfall.Core.Enrichment;
using Footfall.Core.Sites;

namespace Footfall.Tests.Enrichment;

public sealed class TrafficSourcesTests
{
    static readonly Site Site = new(1, ["example.com", "example.de"], "Europe/Berlin", "EUR", SiteSettings.Default);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("https://example.com/before")]
    [InlineData("https://www.example.com/")]
    [InlineData("https://shop.example.de/cart?x=1")]
    [InlineData("https://localhost/")]
    [InlineData("not a url")]
    [InlineData("about:blank")]
    public void No_referrer_or_one_of_the_sites_own_is_direct(string? referrer) =>
        Assert.Same(TrafficSource.Direct, TrafficSources.Resolve("https://localhost/page?x=1", referrer, Site, KnownSources.Bundled));

    [Theory]
    [InlineData("https://www.google.com/", "google", "organic", "Organic Search", "google.com")]
    [InlineData("https://www.bing.com/search?q=secret", "bing", "organic", "Organic Search", "bing.com/search")]
    [InlineData("https://l.facebook.com/l.php?u=x", "facebook.com", "referral", "Organic Social", "l.facebook.com/l.php")]
    [InlineData("https://www.youtube.com/watch?v=1", "youtube.com", "referral", "Organic Video", "youtube.com/watch")]
    [InlineData("https://chatgpt.com/", "chatgpt.com", "referral", "AI Assistant", "chatgpt.com")]
    [InlineData("https://mail.google.com/mail/u/0/", "mail.google.com", "email", "Email", "mail.google.com/mail/u/0/")]
    [InlineData("android-app://com.google.android.gm/", "mail.google.com", "email", "Email", "com.google.android.gm")]
    [InlineData("https://www.Blog.Example.ORG:8443/Post/1#top", "blog.example.org", "referral", "Referral", "blog.example.org/Post/1")]
    [InlineData("https://notexample.com/", "notexample.com", "referral", "Referral", "notexample.com")]
    public void A_referrer_is_mapped_by_the_table(string referrer, string source, string medium, string channel, string shown) =>
        Assert.Equal(new TrafficSource(source, medium, "", "", "", channel, shown), TrafficSources.Resolve("https://example.com/", referrer, Site, KnownSources.Bundled));

    [Fact]
    public void Campaign_parameters_come_before_the_referrer_and_keep_their_case() => Assert.Equal(
        new TrafficSource("NewsLetter", "Email", "Spring Sale é", "top/1", "shoes", "Email", "google.com"),
        TrafficSources.Resolve(
            "https://example.com/?utm_source=NewsLetter&utm_medium=Email&utm_campaign=Spring+Sale%20%C3%A9&utm_content=top%2F1&utm_term=shoes&gclid=1",
            "https://www.google.com/", Site, KnownSources.Bundled));

    [Theory]
    [InlineData("utm_campaign=x", "(not set)", "(not set)", "Unassigned")]
    [InlineData("utm_source=fb", "fb", "(not set)", "Organic Social")]
    [InlineData("utm_medium=email", "(not set)", "email", "Email")]
    [InlineData("UTM_SOURCE=Google&Utm_Medium=CPC", "Google", "CPC", "Paid Search")]
    [InlineData("utm_source=&utm_source=second&utm_medium=referral&utm_medium=x", "second", "referral", "Referral")]
    [InlineData("amp;utm_source=a&&&=&utm_source=b&utm_medium", "b", "(not set)", "Unassigned")]
    public void What_a_campaign_lacks_is_not_set(string query, string source, string medium, string channel)
    {
        var resolved = TrafficSources.Resolve("https://example.com/?" + query, "https://www.google.com/", Site, KnownSources.Bundled);
        Assert.Equal((source, medium, channel), (resolved.Source, resolved.Medium, resolved.Channel));
    }

    [Theory]
    [InlineData("gclid=x", "", "google", "cpc", "Paid Search")]
    [InlineData("gclid=x", "https://www.youtube.com/", "google", "cpc", "Paid Search")]
    [InlineData("gbraid=x", "", "google", "cpc", "Paid Search")]
    [InlineData("msclkid=x", "", "bing", "cpc", "Paid Search")]
    [InlineData("ttclid=x", "", "tiktok.com", "cpc", "Paid Video")]
    [InlineData("twclid=x", "https://t.co/", "x.com", "cpc", "Paid Social")]
    [InlineData("li_fat_id=x", "", "linkedin.com", "cpc", "Paid Social")]
    [InlineData("dclid=x", "", "doubleclick", "cpm", "Display")]
    [InlineData("yclid=x", "", "yandex", "cpc", "Paid Search")]
    [InlineData("fbclid=x&gclid=y", "", "google", "cpc", "Paid Search")]
    [InlineData("fbclid=x", "https://l.instagram.com/", "instagram.com", "referral", "Organic Social")]
    [InlineData("fbclid=x", "", "facebook.com", "referral", "Organic Social")]
    [InlineData("srsltid=x", "", "google", "organic", "Organic Search")]
    [InlineData("gclid=", "", "(direct)", "(none)", "Direct")]
    [InlineData("utm_content=a&gclid=x", "", "google", "cpc", "Paid Search")]
    public void A_click_id_gives_a_source_and_only_some_are_paid(string query, string referrer, string source, string medium, string channel)
    {
        var resolved = TrafficSources.Resolve("https://example.com/?" + query, referrer, Site, KnownSources.Bundled);
        Assert.Equal((source, medium, channel), (resolved.Source, resolved.Medium, resolved.Channel));
    }

    [Fact]
    public void Content_and_term_alone_do_not_hide_the_referrer() => Assert.Equal(
        new TrafficSource("google", "organic", "", "a", "b", "Organic Search", "google.com"),
        TrafficSources.Resolve("https://example.com/?utm_content=a&utm_term=b", "https://google.com/", Site, KnownSources.Bundled));

    [Fact]
    public void A_protocols_own_campaign_fields_count_like_parameters() => Assert.Equal(
        new TrafficSource("partner", "affiliate", "c", "", "", "Affiliates", ""),
        TrafficSources.Resolve(new CampaignParameters("partner", "affiliate", "c", "", ""), null, Site, KnownSources.Bundled));

    [Fact]
    public void Values_and_referrers_are_cut()
    {
        var resolved = TrafficSources.Resolve(
            "https://example.com/?utm_source=" + new string('s', 9000), "https://a.org/" + new string('p', 9000), Site, KnownSources.Bundled);
        Assert.Equal((500, 2000), (resolved.Source.Length, resolved.Referrer.Length));
    }
}
