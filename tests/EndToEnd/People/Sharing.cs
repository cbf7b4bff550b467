using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.People;

public sealed class Sharing(OwnedServer owned)
{
    static readonly string[] PageViews = ["pageviews"];
    static readonly object[] OnlyA = [new { dimension = "page", value = "/a" }];

    [Fact]
    public async Task A_links_filters_narrow_every_report_whatever_is_asked()
    {
        var (owner, site) = await SiteAsync(["/a", "/a", "/b"]);
        var link = await owner.JsonAsync("POST", $"/api/v1/sites/{site}/links", new { name = "agency", filters = OnlyA });
        var token = link.GetProperty("token").GetString()!;
        Assert.Equal("/share/" + token, link.GetProperty("address").GetString());
        Assert.Equal(2, await PageViewsAsync(site, token));
        Assert.Equal(0, await PageViewsAsync(site, token, new { dimension = "page", value = "/b" }));
        object[] either = [new { dimension = "page", value = "/a" }, new { dimension = "page", value = "/b" }];
        Assert.Equal(2, await PageViewsAsync(site, token, new { or = either }));
        Assert.Equal(2, await PageViewsAsync(site, token, new { not = new { dimension = "page", value = "/b" } }));
        using var holder = new Person(owned.Server.Address);
        var byAddress = await holder.JsonAsync("GET", $"/api/v1/sites/{site}/reports?metrics=pageviews&from=all&filters=page:is:/b", bearer: token);
        Assert.Equal(0, Total(byAddress));
        Assert.Equal(HttpStatusCode.Forbidden, await holder.StatusAsync("GET", $"/api/v1/sites/{site}/realtime", bearer: token));

        await owner.JsonAsync("DELETE", $"/api/v1/sites/{site}/links/{link.GetProperty("id").GetInt32()}");
        Assert.Equal(HttpStatusCode.Unauthorized, await holder.StatusAsync("GET", $"/api/v1/sites/{site}/reports?metrics=pageviews", bearer: token));
        Assert.Equal(HttpStatusCode.NotFound, await holder.StatusAsync("GET", $"/api/v1/shared/{token}"));
    }

    [Fact]
    public async Task A_link_or_token_of_one_site_does_not_open_another_nor_does_the_holders_own_sign_in()
    {
        var (owner, site) = await SiteAsync(["/a"]);
        var link = (await owner.JsonAsync("POST", $"/api/v1/sites/{site}/links", new { name = "x" })).GetProperty("token").GetString();
        var embed = (await owner.JsonAsync("POST", $"/api/v1/sites/{site}/embed-tokens", new { })).GetProperty("token").GetString();
        foreach (var token in new[] { link, embed })
        {
            Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("GET", $"/api/v1/sites/{site}/realtime", bearer: token));
            Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("GET", $"/api/v1/sites/{OwnedServer.Site}/realtime", bearer: token));
            Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("GET", $"/api/v1/sites/{OwnedServer.Site}/reports?metrics=visits", bearer: token));
            Assert.Equal(HttpStatusCode.Forbidden, await owner.StatusAsync("GET", $"/api/v1/sites/{site}", bearer: token));
        }
    }

    [Fact]
    public async Task A_link_with_a_password_opens_nothing_before_it_is_given_and_closes_when_it_is_taken_back()
    {
        var (owner, site) = await SiteAsync(["/a", "/b"]);
        var link = await owner.JsonAsync("POST", $"/api/v1/sites/{site}/links", new { name = "board", password = "sesame", filters = OnlyA });
        var token = link.GetProperty("token").GetString()!;
        using var holder = new Person(owned.Server.Address);
        var shared = await holder.JsonAsync("GET", $"/api/v1/shared/{token}");
        Assert.True(shared.GetProperty("password_required").GetBoolean());
        Assert.Equal(site, shared.GetProperty("site").GetProperty("name").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, await holder.StatusAsync("GET", $"/api/v1/sites/{site}/reports?metrics=visits", bearer: token));
        Assert.Equal(HttpStatusCode.Unauthorized, await holder.StatusAsync("POST", $"/api/v1/shared/{token}/unlock", new { password = "guess" }));
        var unlocked = (await holder.JsonAsync("POST", $"/api/v1/shared/{token}/unlock", new { password = "sesame" })).GetProperty("token").GetString()!;
        Assert.Equal(1, await PageViewsAsync(site, unlocked));
        await owner.JsonAsync("DELETE", $"/api/v1/sites/{site}/links/{link.GetProperty("id").GetInt32()}");
        Assert.Equal(HttpStatusCode.Unauthorized, await holder.StatusAsync("GET", $"/api/v1/sites/{site}/reports?metrics=visits", bearer: unlocked));
    }

    [Fact]
    public async Task An_embed_token_that_has_expired_or_was_changed_opens_nothing()
    {
        var (owner, site) = await SiteAsync(["/a"]);
        using var holder = new Person(owned.Server.Address);
        var path = $"/api/v1/sites/{site}/reports?metrics=visits";
        var token = (await owner.JsonAsync("POST", $"/api/v1/sites/{site}/embed-tokens", new { expires_in_seconds = 600 })).GetProperty("token").GetString()!;
        Assert.Equal(HttpStatusCode.OK, await holder.StatusAsync("GET", path, bearer: token));
        var parts = token[3..].Split('.');
        var body = System.Text.Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[0]));
        var wider = System.Buffers.Text.Base64Url.EncodeToString(System.Text.Encoding.UTF8.GetBytes(body.Replace("\"expires\":", "\"expires\":9", StringComparison.Ordinal)));
        Assert.Equal(HttpStatusCode.Unauthorized, await holder.StatusAsync("GET", path, bearer: $"fe_{wider}.{parts[1]}"));
        Assert.Equal(HttpStatusCode.BadRequest, await owner.StatusAsync("POST", $"/api/v1/sites/{site}/embed-tokens", new { expires_in_seconds = 0 }));
        var brief = (await owner.JsonAsync("POST", $"/api/v1/sites/{site}/embed-tokens", new { expires_in_seconds = 1 })).GetProperty("token").GetString();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await holder.StatusAsync("GET", path, bearer: brief) != HttpStatusCode.Unauthorized)
            await Task.Delay(100, patience.Token);
    }

    [Fact]
    public async Task Who_listens_hears_nothing_more_once_the_link_is_taken_back()
    {
        var (owner, site) = await SiteAsync(["/a"]);
        var link = await owner.JsonAsync("POST", $"/api/v1/sites/{site}/links", new { name = "x" });
        using var holder = new Person(owned.Server.Address);
        using var answer = await holder.SendAsync("GET", $"/api/v1/sites/{site}/live", bearer: link.GetProperty("token").GetString());
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("event: realtime", await stream.ReadLineAsync());
        await owner.JsonAsync("DELETE", $"/api/v1/sites/{site}/links/{link.GetProperty("id").GetInt32()}");
        using var sent = await owned.Server.Visitor.PostAsJsonAsync("/api/v1/events", new { site, url = $"https://{site}/secret" });
        Assert.DoesNotContain("/secret", await stream.ReadToEndAsync(), StringComparison.Ordinal);
    }

    async Task<(Person Owner, string Site)> SiteAsync(string[] pages)
    {
        var owner = await owned.OwnerAsync();
        var site = $"{Guid.NewGuid():N}.example";
        await owner.JsonAsync("POST", "/api/v1/sites", new { domains = new[] { site } });
        foreach (var page in pages)
        {
            using var sent = await owned.Server.Visitor.PostAsJsonAsync("/api/v1/events", new { site, url = $"https://{site}{page}" });
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        }
        await owned.Server.Api.SettledLedgerAsync(site);
        return (owner, site);
    }

    async Task<long> PageViewsAsync(string site, string token, object? filter = null)
    {
        using var holder = new Person(owned.Server.Address);
        object[] filters = filter is null ? [] : [filter];
        return Total(await holder.JsonAsync("POST", $"/api/v1/sites/{site}/reports", new { metrics = PageViews, from = "all", filters }, token));
    }

    static long Total(JsonElement report) => report.GetProperty("rows").EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Array } row ? row[0].GetInt64() : 0;
}
