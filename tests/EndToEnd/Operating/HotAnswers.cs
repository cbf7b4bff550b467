using System.Text.RegularExpressions;
using Footfall.Servers;

namespace Footfall.EndToEnd.Operating;

/// <summary>Two servers on one PostgreSQL, one memcached and one folder of the warehouse: what the first makes ahead, a reporter finds.</summary>
public sealed partial class HotAnswers : IAsyncLifetime
{
    const string Site = "hot.example";

    static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);
    static readonly string[] TopMetrics = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "engagement_rate", "visit_duration", "revenue"];

    readonly DirectoryInfo _shared = Directory.CreateTempSubdirectory("footfall-shared-");
    PostgresPair? _pair;
    MemcachedNode? _memcached;

    public async ValueTask InitializeAsync() => (_pair, _memcached) = (await PostgresPair.StartAsync(), await MemcachedNode.StartAsync());

    public async ValueTask DisposeAsync()
    {
        if (_memcached is not null)
            await _memcached.DisposeAsync();
        if (_pair is not null)
            await _pair.DisposeAsync();
        _shared.Delete(recursive: true);
    }

    [Fact]
    public async Task The_first_view_is_in_the_cache_and_the_next_event_is_seen_at_once()
    {
        await using var server = await FootfallServer.StartAsync(Options("archiver,collector,processor,scheduler,reporter"));
        await server.Api.AddSiteAsync(Site);
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(0, 30))).EnsureSuccessStatusCode().Dispose();
        await server.Api.SettledLedgerAsync(Site);
        await MadeAheadAsync(server);

        await using var reporter = await FootfallServer.StartAsync(Options("reporter"));
        var before = await HitsAsync();
        Assert.Equal(30, await PageviewsAsync(reporter));
        Assert.Equal(before + 1, await HitsAsync());

        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(30, 1))).EnsureSuccessStatusCode().Dispose();
        await server.Api.SettledLedgerAsync(Site);
        Assert.Equal(31, await PageviewsAsync(reporter));
    }

    /// <summary>Until a pass has made something, which the server says in a line, and the next has had nothing to do: then all answers are there.</summary>
    async Task MadeAheadAsync(FootfallServer server)
    {
        using var late = new CancellationTokenSource(Soon);
        while (!MadeAhead().IsMatch(server.Output))
            await Task.Delay(100, late.Token);
        var told = await server.Visitor.GetStringAsync("/metrics", late.Token);
        Assert.Contains("footfall_scheduler_leads{", told, StringComparison.Ordinal);
        Assert.Contains("footfall_scheduler_pass_seconds_count{", told, StringComparison.Ordinal);
        // Compaction may merge files just then, which makes the answers anew once.
        await Task.Delay(TimeSpan.FromSeconds(6), late.Token);
    }

    static async Task<double> PageviewsAsync(FootfallServer server)
    {
        using var answer = await server.Api.Http.PostAsJsonAsync($"/api/v1/sites/{Site}/reports", new { metrics = TopMetrics, period = "28d", compare = "previous_period" });
        answer.EnsureSuccessStatusCode();
        return ReportAnswer.Parse(await answer.Content.ReadAsStringAsync(), TopMetrics, []).Totals["pageviews"];
    }

    /// <summary>How many questions memcached has had an answer to.</summary>
    async Task<long> HitsAsync()
    {
        using var client = new System.Net.Sockets.TcpClient("127.0.0.1", _memcached!.Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("stats\r\nquit\r\n"u8.ToArray());
        using var reader = new StreamReader(stream);
        return long.Parse(GetHits().Match(await reader.ReadToEndAsync()).Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    ServerOptions Options(string roles) => new()
    {
        Environment = new Dictionary<string, string>
        {
            ["FOOTFALL_DATABASE"] = _pair!.To("postgres"),
            ["FOOTFALL_CACHE"] = _memcached!.Address,
            ["FOOTFALL_WAREHOUSE_FOLDER"] = _shared.FullName,
            ["FOOTFALL_WAREHOUSE_COMMIT_SECONDS"] = "1",
            ["FOOTFALL_ROLES"] = roles,
        },
    };

    [GeneratedRegex("hot-answers: [1-9][0-9]* answers made ahead for 1 of 1 active sites, 0 took too long", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex MadeAhead();

    [GeneratedRegex(@"STAT get_hits (\d+)", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex GetHits();
}
