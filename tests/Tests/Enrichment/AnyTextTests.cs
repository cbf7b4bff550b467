using CsCheck;
using Footfall.Core.Enrichment;
using Footfall.Core.Sites;

namespace Footfall.Tests.Enrichment;

/// <summary>Trackers send anything; none of it may throw.</summary>
public sealed class AnyTextTests
{
    static readonly Site Site = new(1, ["example.com"], "UTC", "EUR", new SiteSettings { HashRouting = true, KeptQueryParameters = ["id"] });

    static readonly string[] Pieces =
    [
        "https://", "http:", "//", "/", "\\", "?", "#", "&", "=", "%", "%2", "%C3%28", "%00", "+", ":", "@", "[", "]", "::1", ".", "..", "-", "_",
        "example.com", "EXAMPLE.COM.", "google.co.uk", "xn--", "xn--a", "bücher", "名前", "🦆", "\ud83e", "\udd86", "\0", "\t", "\n", " ", "utm_source=",
        "utm_medium=cpc", "gclid=1", "id=", "\u202e", "ß", "İ", "a", ";q=", "0.9", ",", "en-US", "*", "(direct)",
    ];

    static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String,
        Gen.Int[0, Pieces.Length - 1].Array[0, 24].Select(picks => string.Concat(picks.Select(pick => Pieces[pick]))),
        Gen.Int[0, Pieces.Length - 1].Array[500, 900].Select(picks => "https://" + string.Concat(picks.Select(pick => Pieces[pick]))));

    [Fact]
    public void Any_text_is_an_address_with_a_bounded_page() => Texts.Sample(
        text =>
        {
            var address = PageAddress.Of(text, Site);
            Assert.InRange(address.Page.Length, 0, PageAddress.PageLengthMax);
            Assert.True(address.Page.Length == 0 || address.Page[0] == '/');
            Assert.DoesNotContain('\n', address.Page);
            Assert.DoesNotContain('\0', address.Page);
        },
        iter: 20_000);

    [Fact]
    public void Any_two_texts_have_a_source_and_a_channel() => Gen.Select(Texts, Texts).Sample(
        (url, referrer) =>
        {
            var source = TrafficSources.Resolve(url, referrer, Site, KnownSources.Bundled);
            Assert.Contains(Channels.Rules, rule => rule.Channel == source.Channel);
            Assert.NotEmpty(source.Source);
            Assert.NotEmpty(source.Medium);
        },
        iter: 20_000);

    [Fact]
    public void Any_text_has_a_language() => Texts.Sample(
        text => Assert.Matches("^([a-z]{2}[a-z0-9-]*|\\(unknown\\))$", Languages.Primary(text)),
        iter: 20_000);

    [Fact]
    public void Any_host_is_looked_up() => Texts.Sample(text =>
    {
        ReferrerSpam.Reason(text);
        KnownSources.Bundled.ByHost(text);
        KnownSources.Bundled.KindOf(text);
    }, iter: 20_000);
}
