using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.Servers;

namespace Footfall.EndToEnd.Watching;

/// <summary>Raw hits in an Elasticsearch of three nodes that comes late, loses a node under load, and forgets somebody.</summary>
public sealed partial class RawDump : IAsyncLifetime
{
    const string Site = "shop.example";
    const int Events = 3000;

    static readonly TimeSpan Visible = TimeSpan.FromSeconds(2);

    IReadOnlyList<ElasticNode> _nodes = [];
    FootfallServer? _server;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    FootfallApi Api => _server!.Api;

    public async ValueTask InitializeAsync()
    {
        _nodes = await ElasticNode.BeginAsync("master, data", "master, data", "master, data");
        _server = await FootfallServer.StartAsync(new ServerOptions
        {
            Environment = new Dictionary<string, string> { ["FOOTFALL_SEARCH_NODES"] = string.Join(',', _nodes.Select(node => node.Address)) },
        });
        await Api.AddSiteAsync(Site);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    [Fact]
    public async Task Every_hit_is_found_once_whatever_happens_to_the_index_and_nobody_else_waits_for_it()
    {
        await NobodyWaitsForItAsync();
        await ElasticNode.AnswerAsync(_nodes);
        await AllAreFoundAsync(200);
        await IsFoundSoonAsync(200);
        await LosesANodeAsync(203);
        await ForgetsAsync();
        await TellsWhatAlertsAskForAsync();
    }

    /// <summary>Nobody answers yet.</summary>
    async Task NobodyWaitsForItAsync()
    {
        using (var sent = await Sent.BatchAsync(Api, Site, Enumerable.Range(0, 200)))
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
        Assert.Equal(200, (await Api.SettledLedgerAsync(Site)).Totals.Counted);
        Assert.Equal(200, await Api.TotalAsync(Site, "pageviews"));
        using var refused = await Api.Http.GetAsync($"/api/v1/sites/{Site}/hits", Stop);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var search = (await Api.StatusAsync()).GetProperty("search");
        Assert.NotEqual(JsonValueKind.Null, search.GetProperty("failed").ValueKind);
        Assert.True(search.GetProperty("lag_bytes").GetInt64() > 0);
    }

    /// <summary>The middle one of three: a machine that does other tests as well may hold up one.</summary>
    async Task IsFoundSoonAsync(int first)
    {
        var waits = new List<TimeSpan>();
        for (var number = first; number < first + 3; number++)
        {
            using var sent = await Api.SendAsync(FootfallApi.ToJson(Sent.PageView(Site, number)));
            Assert.Equal(HttpStatusCode.Accepted, sent.StatusCode);
            var waited = Stopwatch.StartNew();
            while ((await HitsAsync("path=" + Sent.PageOf(number))).Count == 0)
                Assert.True(waited.Elapsed < 10 * Visible, "a hit was not found");
            waits.Add(waited.Elapsed);
        }
        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"found after {string.Join(", ", waits.Select(wait => $"{wait.TotalMilliseconds:N0} ms"))}"));
        Assert.True(waits.Order().ElementAt(1) < Visible, "hits were not found in time");
    }

    /// <summary>One node is killed in the middle; writes, reports and searches go on.</summary>
    async Task LosesANodeAsync(int first)
    {
        var acknowledged = new List<int>();
        var sending = Sent.SinglyAsync(Api, Site, Enumerable.Range(first, Events), acknowledged);
        while (acknowledged.Count < Events / 4)
            await Task.Delay(10, Stop);
        await _nodes[1].KillAsync();
        var answered = 0;
        for (; !sending.IsCompleted || answered < 20; answered++)
            Assert.Equal(10, (await HitsAsync("limit=10")).Count);
        await sending;
        Assert.Equal(Events, acknowledged.Count);
        await AllAreFoundAsync(first + Events);
        var search = (await Api.StatusAsync()).GetProperty("search");
        Assert.Null(search.GetProperty("failed").GetString());
        Assert.Equal(0, search.GetProperty("refused").GetInt64());
        await KnowsWhoIsDeadAsync();
    }

    /// <summary>A node that could not answer while a master was chosen is asked again by whoever asks for something.</summary>
    async Task KnowsWhoIsDeadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(40));
        string? dead;
        do
        {
            await HitsAsync("limit=1");
            await Task.Delay(200, patience.Token);
            dead = (await Api.StatusAsync()).GetProperty("search").GetProperty("dead_nodes").GetRawText();
        }
        while (dead != $"[\"{_nodes[1].Address}\"]");
    }

    async Task ForgetsAsync()
    {
        var visitor = (await HitsAsync("path=" + Sent.PageOf(7)))[0].GetProperty("visitor").GetString();
        Assert.NotEmpty(await HitsAsync("visitor=" + visitor));
        var before = await CountAsync();
        using var asked = await Api.Http.PostAsJsonAsync("/api/v1/erasures", new { site = Site, visitor }, Stop);
        var id = (await asked.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("id").GetString();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while ((await Api.Http.GetFromJsonAsync<JsonElement>("/api/v1/erasures/" + id, patience.Token)).GetProperty("state").GetString() != "done")
            await Task.Delay(100, patience.Token);
        Assert.Empty(await HitsAsync("visitor=" + visitor));
        // Every hundredth number is the visitor's.
        Assert.Equal(before - ((before - 8) / 100) - 1, await CountAsync());
    }

    async Task TellsWhatAlertsAskForAsync()
    {
        var told = await _server!.Visitor.GetStringAsync("/metrics", Stop);
        var alerts = await File.ReadAllTextAsync(Path.Combine(ServerProcess.Root, "deploy", "monitoring", "alerts.yml"), Stop);
        var asked = SearchMetric().Matches(alerts).Select(found => found.Value).Distinct().ToList();
        Assert.NotEmpty(asked);
        Assert.Equal([], asked.Where(name => !told.Contains("\n" + name + "{", StringComparison.Ordinal)));
    }

    async Task AllAreFoundAsync(long hits)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await CountAsync() != hits)
            await Task.Delay(100, patience.Token);
        // Nor does one come afterwards.
        while ((await Api.StatusAsync()).GetProperty("search").GetProperty("lag_bytes").GetInt64() > 0)
            await Task.Delay(100, patience.Token);
        Assert.Equal(hits, await CountAsync());
    }

    /// <summary>Documents of all indices, each as often as it is there; -1 while nobody can say.</summary>
    async Task<long> CountAsync()
    {
        using var http = new HttpClient { BaseAddress = _nodes[0].Address };
        using var refreshed = await http.PostAsync("footfall-hits/_refresh", null, Stop);
        if (!refreshed.IsSuccessStatusCode)
            return -1;
        using var counted = await http.GetAsync("footfall-hits/_count", Stop);
        return counted.IsSuccessStatusCode ? (await counted.Content.ReadFromJsonAsync<JsonElement>(Stop)).GetProperty("count").GetInt64() : -1;
    }

    async Task<List<JsonElement>> HitsAsync(string query) =>
        [.. (await Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/sites/{Site}/hits?{query}", Stop)).GetProperty("hits").EnumerateArray()];

    [GeneratedRegex(@"\bfootfall_search_[a-z_]+\b")]
    private static partial Regex SearchMetric();
}
