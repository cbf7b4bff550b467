using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.Watching;

public sealed class Verification(SharedServer shared)
{
    static readonly string[] Hosts = ["www.shop.example", "*.shop.test"];
    static readonly string[] Addresses = ["198.51.100.7", "2001:db8:1::/64"];

    [Fact]
    public async Task A_new_site_has_seen_nothing()
    {
        var site = await shared.NewSiteAsync();
        var seen = await AskAsync(site);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("last_event_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, seen.GetProperty("last_tracker_event_at").ValueKind);
        Assert.Equal(0, seen.GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task A_trackers_event_is_told_from_one_that_a_server_sent()
    {
        var site = await shared.NewSiteAsync();
        await SendAsync(site, new { site, url = $"https://{site}/" });
        var server = await AskAsync(site);
        Assert.Equal(JsonValueKind.String, server.GetProperty("last_event_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, server.GetProperty("last_tracker_event_at").ValueKind);
        await SendAsync(site, new { site, url = $"https://{site}/", tracker = "js" });
        var tracker = await AskAsync(site);
        Assert.Equal(tracker.GetProperty("last_event_at").GetDateTimeOffset(), tracker.GetProperty("last_tracker_event_at").GetDateTimeOffset());
        Assert.Equal(2, tracker.GetProperty("events").GetInt64());
    }

    [Fact]
    public async Task It_says_why_a_tracker_that_runs_shows_nothing()
    {
        var site = await shared.NewSiteAsync(new { allowed_hostnames = Hosts });
        await SendAsync(site, new { site, url = "https://staging.elsewhere.example/" });
        await SendAsync(site, new { site, url = "https://shop.test.evil.example/" });
        await SendAsync(site, new { site, url = "https://WWW.shop.example/" });
        await SendAsync(site, new { site, url = "https://de.shop.test/" });
        await SendAsync(site, new { site, name = "renewal" });
        var seen = await AskAsync(site);
        Assert.Equal(3, seen.GetProperty("events").GetInt64());
        Assert.Equal(2, seen.GetProperty("refused").GetProperty("other_hostname").GetInt64());
    }

    [Theory]
    [InlineData("truncate")]
    [InlineData("drop")]
    public async Task One_excluded_address_is_excluded_however_little_of_it_is_stored(string privacy)
    {
        var site = await shared.NewSiteAsync(new { address = privacy, excluded_addresses = Addresses });
        foreach (var address in (string[])["198.51.100.7", "198.51.100.8", "2001:db8:1::9", "2001:db8:2::9"])
        {
            using var answer = await shared.Api.SendAsync(FootfallApi.ToJson(new { site, url = $"https://{site}/", address }));
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        }
        var ledger = await shared.Api.SettledLedgerAsync(site);
        Assert.Equal((4, 2, 2), (ledger.Totals.Accepted, ledger.Totals.Counted, ledger.Totals.Refused["excluded_address"]));
    }

    async Task SendAsync(string site, object sent)
    {
        using var answer = await shared.Visitor.PostAsync("/api/v1/events", JsonContent.Create(sent));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        await shared.Api.SettledLedgerAsync(site);
    }

    Task<JsonElement> AskAsync(string site) => shared.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/sites/{site}/verification");
}
