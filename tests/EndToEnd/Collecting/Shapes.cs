using System.Net;
using System.Text;
using System.Text.Json;

namespace Footfall.EndToEnd.Collecting;

/// <summary>The ways in which browsers and servers send what they have.</summary>
public sealed class Shapes(SharedServer shared)
{
    static readonly string[] TwoPages = ["/1", "/2"];

    [Theory]
    [InlineData("application/json", "[{0},{1}]")]
    [InlineData("application/json", "{0}\n{1}")]
    [InlineData("application/x-ndjson", "{0}\n{1}\n")]
    [InlineData("application/x-ndjson", "{0}\r\n\r\n{1}\r\n")]
    [InlineData("text/plain", "[{0},{1}]")]
    [InlineData("text/plain", "{0}\n{1}")]
    public async Task Two_events_in_one_request_are_two_events(string mediaType, string shape)
    {
        var site = await shared.NewSiteAsync();
        var body = shape.Replace("{0}", One(site, "/1"), StringComparison.Ordinal).Replace("{1}", One(site, "/2"), StringComparison.Ordinal);
        using var answer = await shared.Visitor.PostAsync("/api/v1/events", new StringContent(body, Encoding.UTF8, mediaType));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(2, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
        Assert.Equal(TwoPages, (await Sent.CountedAsync(shared.Api, site)).Keys.Order());
    }

    [Fact]
    public async Task A_site_may_be_named_in_the_address()
    {
        var site = await shared.NewSiteAsync();
        using var answer = await shared.Visitor.PostAsJsonAsync($"/api/v1/events?site={site}", new { url = $"https://{site}/1" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["/1"], (await Sent.CountedAsync(shared.Api, site)).Keys);
    }

    [Fact]
    public async Task An_image_counts_and_is_never_cached()
    {
        var site = await shared.NewSiteAsync();
        using var answer = await shared.Visitor.GetAsync($"/p.gif?site={site}&url={Uri.EscapeDataString($"https://{site}/1")}&prop.plan=pro");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("image/gif", answer.Content.Headers.ContentType?.MediaType);
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.StartsWith("GIF8", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Get, $"/p.gif?site={site}");
        request.Headers.Referrer = new Uri($"https://{site}/2");
        Assert.Equal(HttpStatusCode.OK, (await shared.Visitor.SendAsync(request)).StatusCode);
        Assert.Equal(TwoPages, (await Sent.CountedAsync(shared.Api, site)).Keys.Order());
    }

    [Fact]
    public async Task An_image_of_an_unknown_site_is_not_found()
    {
        using var answer = await shared.Visitor.GetAsync("/p.gif?site=nobody.example&url=https%3A%2F%2Fnobody.example%2F");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        await Problem.AssertAsync(answer, "site", null, null);
    }

    [Theory]
    [InlineData("/api/v1/events")]
    [InlineData("/p.gif")]
    public async Task A_page_of_another_origin_may_send(string path)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, path);
        preflight.Headers.Add("Origin", "https://shop.example");
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "content-type, authorization");
        using var answer = await shared.Visitor.SendAsync(preflight);
        Assert.True(answer.IsSuccessStatusCode, answer.ToString());
        Assert.Equal("https://shop.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.Equal("true", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Credentials")));
        Assert.Contains("POST", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Methods")), StringComparison.Ordinal);
        var allowed = string.Join(',', answer.Headers.GetValues("Access-Control-Allow-Headers"));
        Assert.Contains("content-type", allowed, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("authorization", allowed, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_page_of_another_origin_may_read_the_answer_and_the_refusal()
    {
        var site = await shared.NewSiteAsync();
        foreach (var body in (string[])[One(site, "/1"), "{}"])
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = new StringContent(body, Encoding.UTF8, "text/plain") };
            request.Headers.Add("Origin", "https://shop.example");
            using var answer = await shared.Visitor.SendAsync(request);
            Assert.Equal("https://shop.example", Assert.Single(answer.Headers.GetValues("Access-Control-Allow-Origin")));
        }
    }

    static string One(string site, string page) => FootfallApi.ToJson(new { site, url = $"https://{site}{page}" });
}
