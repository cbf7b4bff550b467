using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.Operating;

/// <summary>History made anew over the wire, by a program with another table of sources.</summary>
public sealed class Rebuilding : IDisposable
{
    const string Site = "rebuilt.example";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-sources-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_wrong_channel_rule_shows_in_the_difference_goes_live_under_load_without_a_failed_request_and_is_rolled_back()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        await SendAsync(server, 0, 40, "https://www.google.com/");
        await SendAsync(server, 40, 60, "https://news.example/");
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal([("Organic Search", 40), ("Referral", 20)], await ChannelsAsync(server));

        var wrong = Path.Combine(_folder.FullName, "sources.tsv");
        await File.WriteAllTextAsync(wrong, "google.*\tsocial\tgoogle\n", TestContext.Current.CancellationToken);
        Assert.Equal(0, await server.StopAsync(TimeSpan.FromSeconds(30)));
        server.Change(options => options with { Environment = new Dictionary<string, string> { ["FOOTFALL_SOURCES_FILE"] = wrong } });
        await server.StartAgainAsync();
        var id = (await AskAsync(server, HttpMethod.Post, "", new { }, HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        await UntilAsync(server, id, "ready");
        Assert.Equal([("Organic Search", 40), ("Referral", 20)], await ChannelsAsync(server));
        var movers = (await AskAsync(server, HttpMethod.Get, $"/{id}/difference?limit=10000", null, HttpStatusCode.OK)).GetProperty("movers").EnumerateArray().ToList();
        Assert.Contains(movers, mover => Is(mover, "channel", "Organic Search", "visits", 40, 0));
        Assert.Contains(movers, mover => Is(mover, "channel", "Organic Social", "visits", 0, 40));
        Assert.DoesNotContain(movers, mover => mover.GetProperty("dimension").GetString() is "page" or "browser" or "country");

        using var stop = new CancellationTokenSource();
        var load = LoadAsync(server, 60, stop.Token);
        await AskAsync(server, HttpMethod.Post, $"/{id}/switch", null, HttpStatusCode.Accepted);
        await UntilAsync(server, id, "switched");
        await stop.CancelAsync();
        var last = await load;
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal([("Organic Social", 40 + last - 60), ("Referral", 20)], await ChannelsAsync(server));

        await AskAsync(server, HttpMethod.Post, $"/{id}/rollback", null, HttpStatusCode.Accepted);
        await UntilAsync(server, id, "rolled_back");
        // What came since the switch came under the new table, and counts once.
        Assert.Equal(
            [("Organic Search", 40), ("Organic Social", last - 60), ("Referral", 20)], (await ChannelsAsync(server)).Where(row => row.Visits > 0).OrderBy(row => row.Channel));
        Assert.True((await server.Api.SettledLedgerAsync(Site)).Totals.Balances);
        await AskAsync(server, HttpMethod.Delete, "/" + id, null, HttpStatusCode.NoContent);
        Assert.False(File.Exists(Path.Combine(server.Data, "rebuild", "before.duckdb")));
    }

    [Fact]
    public async Task Who_is_forgotten_does_not_come_back_by_a_switch_or_a_rollback_and_a_kill_loses_no_rebuild()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        await SendAsync(server, 0, 10, "");
        await server.Api.SettledLedgerAsync(Site);
        var id = (await AskAsync(server, HttpMethod.Post, "", new { sites = new[] { Site } }, HttpStatusCode.Accepted)).GetProperty("id").GetString()!;
        server.Kill();
        await server.StartAgainAsync();
        await UntilAsync(server, id, "ready");

        using var asked = await server.Api.Http.PostAsJsonAsync("/api/v1/erasures", new { site = Site, user = "user-3" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, asked.StatusCode);
        var erasure = (await asked.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("id").GetString();
        using var patience = new CancellationTokenSource(Patience);
        while ((await server.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/erasures/{erasure}", patience.Token)).GetProperty("state").GetString() != "done")
            await Task.Delay(100, patience.Token);
        Assert.Equal(9, await server.Api.TotalAsync(Site, "events"));
        foreach (var (verb, phase) in new[] { ("switch", "switched"), ("rollback", "rolled_back"), ("switch", "switched") })
        {
            await AskAsync(server, HttpMethod.Post, $"/{id}/{verb}", null, HttpStatusCode.Accepted);
            await UntilAsync(server, id, phase);
            Assert.Equal(9, await server.Api.TotalAsync(Site, "events"));
            Assert.True((await server.Api.SettledLedgerAsync(Site)).Totals.Balances);
        }
    }

    static bool Is(JsonElement mover, string dimension, string value, string metric, double before, double after) =>
        mover.GetProperty("dimension").GetString() == dimension && mover.GetProperty("value").GetString() == value && mover.GetProperty("metric").GetString() == metric
        && mover.GetProperty("before").GetDouble() == before && mover.GetProperty("after").GetDouble() == after;

    /// <summary>Events one after the other, a report after each, none of which may fail.</summary>
    /// <returns>The number after the last event.</returns>
    static async Task<int> LoadAsync(FootfallServer server, int number, CancellationToken stop)
    {
        for (; !stop.IsCancellationRequested; number++)
        {
            await SendAsync(server, number, number + 1, "https://www.google.com/");
            await server.Api.TotalAsync(Site, "visits");
        }
        return number;
    }

    static async Task SendAsync(FootfallServer server, int from, int to, string referrer)
    {
        var events = Enumerable.Range(from, to - from).Select(number => new
        {
            site = Site,
            name = "pageview",
            url = $"https://{Site}/page",
            referrer,
            event_id = $"event-{number}",
            user_id = $"user-{number}",
        });
        using var answer = await server.Api.SendAsync(FootfallApi.ToJson(events));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    static async Task<List<(string Channel, int Visits)>> ChannelsAsync(FootfallServer server) =>
        [.. (await server.Api.ReportAsync(Site, ["visits"], "channel")).Rows.Select(row => (row.Dimensions[0], (int)row.Metric("visits")))];

    static async Task<JsonElement> AskAsync(FootfallServer server, HttpMethod method, string path, object? body, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(method, "/api/v1/rebuilds" + path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await server.Api.Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(expected == answer.StatusCode, text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    static async Task UntilAsync(FootfallServer server, string id, string phase)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            var rebuild = await AskAsync(server, HttpMethod.Get, "/" + id, null, HttpStatusCode.OK);
            if (rebuild.GetProperty("phase").GetString() == phase && !rebuild.GetProperty("working").GetBoolean())
                return;
            await Task.Delay(100, patience.Token);
        }
    }
}
