using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.Watching;

/// <summary>Raw hits of a site, searched and watched over the API and the command line.</summary>
public sealed class RawHits(SharedServer shared)
{
    [Fact]
    public async Task A_hit_is_found_by_what_it_says_with_what_became_of_it()
    {
        var site = await shared.NewSiteAsync();
        await SendAsync(site, "/shop/shoes?utm_source=letter", "first", "user-1");
        await SendAsync(site, "/shop/hats", "second", "user-2");
        await SendAsync(site, "/shop/hats", "second", "user-2");
        await shared.Server.Api.SettledLedgerAsync(site);

        var all = await HitsAsync(site, "");
        Assert.Equal(["duplicate", "counted", "counted"], all.Select(hit => Text(hit, "outcome")));
        Assert.Equal(all.Select(hit => hit.GetProperty("received_at").GetDateTimeOffset()).OrderDescending(), all.Select(hit => hit.GetProperty("received_at").GetDateTimeOffset()));
        var shoes = Assert.Single(await HitsAsync(site, "path=/shop/s*"));
        Assert.Equal(("/shop/shoes", "letter", "first"), (Meaning(shoes, "page"), Meaning(shoes, "source"), Meaning(shoes, "event_id")));
        Assert.NotEqual(JsonValueKind.Null, shoes.GetProperty("visit").ValueKind);
        Assert.Contains("/shop/shoes?utm_source=letter", Text(shoes, "payload"), StringComparison.Ordinal);
        Assert.Equal(all.Take(1).Select(Id), (await HitsAsync(site, "outcome=duplicate")).Select(Id));
        Assert.Equal(all.Take(2).Select(Id), (await HitsAsync(site, "user=user-2")).Select(Id));
        Assert.Equal(all.Take(2).Select(Id), (await HitsAsync(site, "text=hats")).Select(Id));
        Assert.Equal(all.Take(2).Select(Id), (await HitsAsync(site, "visitor=" + Text(all[0], "visitor"))).Select(Id));
        Assert.Empty(await HitsAsync(site, "event=purchase"));
        Assert.Empty(await HitsAsync(site, "to=2020-01-01"));
    }

    [Fact]
    public async Task Pages_and_a_tail_go_on_where_they_ended()
    {
        var site = await shared.NewSiteAsync();
        var tail = await JsonAsync(site, "/tail");
        Assert.Empty(tail.GetProperty("hits").EnumerateArray());
        for (var number = 0; number < 5; number++)
            await SendAsync(site, $"/p/{number}", $"id-{number}", "user-1");
        var watched = await JsonAsync(site, "/tail?since=" + Text(tail, "position"));
        Assert.Equal(["/p/0", "/p/1", "/p/2", "/p/3", "/p/4"], watched.GetProperty("hits").EnumerateArray().Select(hit => Meaning(hit, "page")));
        Assert.Empty((await JsonAsync(site, "/tail?since=" + Text(watched, "position"))).GetProperty("hits").EnumerateArray());

        var page = await JsonAsync(site, "?limit=3");
        var next = await JsonAsync(site, "?limit=3&before=" + Text(page, "next"));
        Assert.Equal(
            ["/p/4", "/p/3", "/p/2", "/p/1", "/p/0"],
            page.GetProperty("hits").EnumerateArray().Concat(next.GetProperty("hits").EnumerateArray()).Select(hit => Meaning(hit, "page")));
        Assert.Equal(JsonValueKind.Null, next.GetProperty("next").ValueKind);
    }

    [Fact]
    public async Task The_command_line_prints_a_line_for_each()
    {
        var site = await shared.NewSiteAsync();
        for (var number = 0; number < 3; number++)
            await SendAsync(site, $"/p/{number}", $"id-{number}", "user-1");
        await shared.Server.Api.SettledLedgerAsync(site);
        var (code, said, error) = await ServerProcess.RunAsync(
            new ServerOptions(), "hits", "search", "--site", site, "--path", "/p/*", "--limit", "2", "--data", shared.Server.Data);
        Assert.Equal((0, ""), (code, error));
        Assert.Equal([$"{site}/p/2", $"{site}/p/1"], said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split("  ", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)[3]));
    }

    [Theory]
    [InlineData("?before=rubbish", "before")]
    [InlineData("/tail?since=rubbish", "since")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?visitor=me", "visitor")]
    public async Task What_cannot_be_made_out_is_named(string question, string field)
    {
        var site = await shared.NewSiteAsync();
        using var answer = await shared.Server.Api.Http.GetAsync($"/api/v1/sites/{site}/hits{question}");
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "field"));
    }

    async Task SendAsync(string site, string path, string id, string user)
    {
        using var answer = await shared.Server.Api.SendAsync(FootfallApi.ToJson(new { Site = site, Url = $"https://{site}{path}", EventId = id, UserId = user }));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        // The next one is received at another millisecond, and so stands after it.
        for (var now = TimeProvider.System.GetUtcNow(); TimeProvider.System.GetUtcNow() - now < TimeSpan.FromMilliseconds(2);)
            await Task.Yield();
    }

    async Task<List<JsonElement>> HitsAsync(string site, string query) => [.. (await JsonAsync(site, "?" + query)).GetProperty("hits").EnumerateArray()];

    Task<JsonElement> JsonAsync(string site, string rest) => shared.Server.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/sites/{site}/hits{rest}");

    static string? Meaning(JsonElement hit, string name) => Text(hit.GetProperty("meaning"), name);

    static string? Text(JsonElement of, string name) => of.GetProperty(name).GetString();

    static string? Id(JsonElement hit) => Text(hit, "id");
}
