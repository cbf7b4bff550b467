using Footfall.Core.Enrichment;
using Footfall.Core.Sites;

namespace Footfall.Tests.Enrichment;

public sealed class PageAddressTests
{
    static readonly Site Plain = new(1, ["example.com"], "UTC", "EUR", SiteSettings.Default);
    static readonly Site Keeping = Plain with { Settings = new SiteSettings { KeptQueryParameters = ["id", "q", "größe"] } };
    static readonly Site Hashing = Plain with { Settings = new SiteSettings { HashRouting = true, KeptQueryParameters = ["id"] } };

    [Theory]
    [InlineData("https://example.com/", "example.com", "/")]
    [InlineData("https://example.com", "example.com", "/")]
    [InlineData("https://example.com?a=1", "example.com", "/")]
    [InlineData("https://example.com#top", "example.com", "/")]
    [InlineData("https://Example.COM/Path/", "example.com", "/Path/")]
    [InlineData("https://example.com/path?x=1#y", "example.com", "/path")]
    [InlineData("http://example.com:80/a", "example.com", "/a")]
    [InlineData("https://example.com:8443/a", "example.com", "/a")]
    [InlineData("https://user:pass@Shop.Example.com./a", "shop.example.com", "/a")]
    [InlineData("//example.com/a", "example.com", "/a")]
    [InlineData("https://[2001:DB8::1]:8080/a", "[2001:db8::1]", "/a")]
    [InlineData("  https://example.com/a \n", "example.com", "/a")]
    [InlineData("https://example.com/a b", "example.com", "/a b")]
    [InlineData("https://example.com/a\tb\nc", "example.com", "/abc")]
    [InlineData("https://example.com/%7Ejoe/%zz/%", "example.com", "/%7Ejoe/%zz/%")]
    [InlineData("https://example.com//a//b/../c", "example.com", "//a//b/../c")]
    [InlineData("https://example.com/größe", "example.com", "/größe")]
    [InlineData("https://Bücher.example/", "xn--bcher-kva.example", "/")]
    [InlineData("https://xn--bcher-kva.example/", "xn--bcher-kva.example", "/")]
    [InlineData("app://example.com/a", "example.com", "/a")]
    [InlineData("file:///C:/page.html", "", "/C:/page.html")]
    [InlineData("/relative/path?x#y", "", "/relative/path")]
    [InlineData("relative", "", "/relative")]
    [InlineData("?only=query", "", "/")]
    [InlineData("#only-fragment", "", "/")]
    [InlineData("example.com/a", "example.com", "/a")]
    [InlineData("www.example.com:8080", "www.example.com", "/")]
    [InlineData("other.org/a", "", "/other.org/a")]
    [InlineData("about:blank", "", "/about:blank")]
    [InlineData("https://", "", "/")]
    [InlineData("://x", "", "/://x")]
    [InlineData("/go?to=https://other.org/", "", "/go")]
    [InlineData("", "", "")]
    [InlineData("   ", "", "")]
    [InlineData(null, "", "")]
    public void An_address_has_a_host_and_a_page(string? url, string host, string page) =>
        Assert.Equal(new PageAddress(host, page), PageAddress.Of(url, Plain));

    [Theory]
    [InlineData("https://example.com/p?utm_source=x&q=2&id=1&z=3", "/p?q=2&id=1")]
    [InlineData("https://example.com/p?id=1&id=2", "/p?id=1&id=2")]
    [InlineData("https://example.com/p?id", "/p?id")]
    [InlineData("https://example.com/p?ID=1", "/p")]
    [InlineData("https://example.com/p?&&x=1&", "/p")]
    [InlineData("https://example.com/p?gr%C3%B6%C3%9Fe=m", "/p?gr%C3%B6%C3%9Fe=m")]
    [InlineData("https://example.com/p?id=1#frag", "/p?id=1")]
    public void Kept_parameters_stay_in_the_order_they_were_sent(string url, string page) =>
        Assert.Equal(page, PageAddress.Of(url, Keeping).Page);

    [Theory]
    [InlineData("https://example.com/#/products", "/#/products")]
    [InlineData("https://example.com/a#/products?id=5&x=1", "/a#/products?id=5")]
    [InlineData("https://example.com/a?id=1#b", "/a?id=1#b")]
    [InlineData("https://example.com/a#", "/a")]
    [InlineData("https://example.com/a", "/a")]
    public void A_site_that_routes_by_hash_keeps_the_fragment(string url, string page) =>
        Assert.Equal(page, PageAddress.Of(url, Hashing).Page);

    [Fact]
    public void A_long_page_is_cut()
    {
        var page = PageAddress.Of("https://example.com/" + new string('a', 8000), Plain).Page;
        Assert.Equal("/" + new string('a', 1999), page);
    }

    [Fact]
    public void A_cut_never_splits_a_character_of_two_halves()
    {
        var page = PageAddress.Of("https://example.com/" + string.Concat(Enumerable.Repeat("🦆", 2000)), Plain).Page;
        Assert.Equal("/" + string.Concat(Enumerable.Repeat("🦆", 999)), page);
    }

    [Fact]
    public void The_sites_own_host_costs_no_string() =>
        Assert.Same(Plain.Domains[0], PageAddress.Of("https://EXAMPLE.com/a", Plain).Hostname);
}
