using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.Watching;

public sealed class Overview
{
    [Fact]
    public async Task It_lists_ten_thousand_sites_a_page_at_a_time_and_finds_each()
    {
        await using var server = await FootfallServer.StartAsync();
        await AddSitesAsync(server, 10_000);
        await SendAsync(server, "site-4242.example", 3);
        await SendAsync(server, "site-17.example", 2);
        await SendAsync(server, "site-9999.example", 1);
        var first = await AskAsync(server, "?limit=50");
        Assert.Equal((10_000, 50), (first.GetProperty("total").GetInt32(), first.GetProperty("sites").GetArrayLength()));
        Assert.Equal(["site-4242.example", "site-17.example", "site-9999.example"], Names(first).Take(3));
        var busiest = first.GetProperty("sites")[0];
        Assert.Equal((3, 0), (busiest.GetProperty("visitors").GetInt32(), busiest.GetProperty("visitors_before").GetInt32()));
        var hours = busiest.GetProperty("spark").EnumerateArray().Select(hour => hour.GetInt32()).ToList();
        Assert.Equal((24, 3), (hours.Count, hours[^1]));
        Assert.Equal("site-4242.example", Assert.Single(Names(await AskAsync(server, "?search=E-4242."))));
        var second = await AskAsync(server, "?order=name&offset=9990&limit=50");
        Assert.Equal(10, second.GetProperty("sites").GetArrayLength());
        Assert.Equal(HttpStatusCode.BadRequest, (await server.Api.Http.GetAsync("/api/v1/overview?order=luck")).StatusCode);
        await TellPaceAsync(server);
    }

    /// <summary>Says how long a page takes; how long it may take is the benchmarks' business.</summary>
    static async Task TellPaceAsync(FootfallServer server)
    {
        var took = new List<double>();
        for (var turn = 0; turn < 200; turn++)
        {
            var began = Stopwatch.GetTimestamp();
            await AskAsync(server, string.Create(CultureInfo.InvariantCulture, $"?search={turn}&limit=100"));
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        took.Sort();
        TestContext.Current.SendDiagnosticMessage("A page of the overview of 10,000 sites: p50 {0:F1} ms, p95 {1:F1} ms", took[100], took[190]);
    }

    static Task AddSitesAsync(FootfallServer server, int count) =>
        Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (number, _) =>
            await server.Api.AddSiteAsync(string.Create(CultureInfo.InvariantCulture, $"site-{number}.example")));

    static async Task SendAsync(FootfallServer server, string site, int visitors)
    {
        var events = Enumerable.Range(0, visitors).Select(visitor => new { site, url = $"https://{site}/", visitor_id = $"visitor-{visitor}" });
        Assert.Equal(HttpStatusCode.Accepted, (await server.Api.SendAsync(FootfallApi.ToJson(events))).StatusCode);
        await server.Api.SettledLedgerAsync(site);
    }

    static IEnumerable<string?> Names(JsonElement overview) =>
        overview.GetProperty("sites").EnumerateArray().Select(site => site.GetProperty("name").GetString());

    static Task<JsonElement> AskAsync(FootfallServer server, string query) => server.Api.Http.GetFromJsonAsync<JsonElement>("/api/v1/overview" + query);
}
