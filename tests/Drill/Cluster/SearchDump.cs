using System.Text.Json;

namespace Footfall.Drill.Cluster;

/// <summary>The Elasticsearch of a cluster, asked behind the back of the servers that fill it.</summary>
sealed class SearchDump : IDisposable
{
    const string Hits = "footfall-hits";
    const string Positions = "footfall-positions";
    const int PageHits = 5_000;
    const int OnItsWayBytes = 1 << 20;

    static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    readonly IReadOnlyList<HttpClient> _nodes;
    readonly HttpClient _archiver;

    SearchDump(IReadOnlyList<HttpClient> nodes, HttpClient archiver) => (_nodes, _archiver) = (nodes, archiver);

    /// <summary>Its nodes, as ./cluster names them.</summary>
    public static IReadOnlyList<string> Nodes { get; } = ["search1", "search2", "search3"];

    public static async Task<SearchDump> OfAsync(ClusterProcess cluster)
    {
        var nodes = new List<HttpClient>();
        foreach (var node in Nodes)
            nodes.Add(await cluster.ClientAsync(node));
        return new SearchDump(nodes, await cluster.ClientAsync("archiver1"));
    }

    public void Dispose()
    {
        foreach (var client in _nodes.Append(_archiver))
            client.Dispose();
    }

    /// <summary>Until every node is there and every shard has its copies.</summary>
    public Task WholeAsync() => UntilAsync("Elasticsearch is whole", async () =>
    {
        var health = await AskAsync(HttpMethod.Get, "_cluster/health");
        return health.GetProperty("number_of_nodes").GetInt32() == _nodes.Count && health.GetProperty("status").GetString() == "green";
    });

    /// <summary>Until everything that was acknowledged before is delivered.</summary>
    public Task CaughtUpAsync() => UntilAsync("everything is delivered", async () => (await StatusAsync()).GetProperty("lag_bytes").GetInt64() == 0);

    /// <summary>The same while traffic goes on, which always has something on its way: until no more waits than comes in a few seconds.</summary>
    public Task NearlyCaughtUpAsync() => UntilAsync(
        "nearly everything is delivered", async () => (await StatusAsync()).GetProperty("lag_bytes").GetInt64() < OnItsWayBytes);

    /// <summary>Until the archiver has met so many hits that are there already, since it began.</summary>
    public Task RepeatedAsync(long hits) => UntilAsync(
        $"{hits:N0} hits are delivered again", async () => (await StatusAsync()).GetProperty("repeated").GetInt64() >= hits);

    /// <summary>Documents of all indices, each as often as it is there.</summary>
    public async Task<long> CountAsync()
    {
        await AskAsync(HttpMethod.Post, $"{Hits}/_refresh");
        return (await AskAsync(HttpMethod.Get, $"{Hits}/_count")).GetProperty("count").GetInt64();
    }

    /// <summary>Has delivery begin at the beginning when it begins next.</summary>
    public async Task PutPositionsBackAsync()
    {
        var found = await AskAsync(HttpMethod.Get, $"{Positions}/_search?size=1000");
        foreach (var position in found.GetProperty("hits").GetProperty("hits").EnumerateArray())
            await AskAsync(HttpMethod.Put, $"{Positions}/_doc/{position.GetProperty("_id").GetString()}", new { offset = 0, stored_at = DateTimeOffset.UnixEpoch });
    }

    /// <summary>Begins another index.</summary>
    /// <param name="fields">What its fields are, beside those of the template.</param>
    public Task RollOverAsync(object? fields = null) =>
        AskAsync(HttpMethod.Post, $"{Hits}/_rollover", new { mappings = new { properties = fields ?? new { } } });

    /// <summary>The id of every document, and what was sent.</summary>
    public async IAsyncEnumerable<(string Id, string? Payload)> DocumentsAsync()
    {
        await AskAsync(HttpMethod.Post, $"{Hits}/_refresh");
        object[] sort = [new { hit_id = "asc" }, new { _index = "asc" }];
        string[] source = ["payload"];
        var body = new Dictionary<string, object> { ["size"] = PageHits, ["sort"] = sort, ["_source"] = source };
        while (true)
        {
            var page = (await AskAsync(HttpMethod.Post, $"{Hits}/_search?allow_partial_search_results=false", body)).GetProperty("hits").GetProperty("hits");
            foreach (var hit in page.EnumerateArray())
                yield return (hit.GetProperty("_id").GetString()!, hit.GetProperty("_source").TryGetProperty("payload", out var payload) ? payload.GetString() : null);
            if (page.GetArrayLength() < PageHits)
                yield break;
            body["search_after"] = page[PageHits - 1].GetProperty("sort");
        }
    }

    async Task<JsonElement> StatusAsync() => (await _archiver.GetFromJsonAsync<JsonElement>("/api/v1/status")).GetProperty("search");

    /// <summary>The answer of the first node that gives one.</summary>
    async Task<JsonElement> AskAsync(HttpMethod method, string path, object? body = null)
    {
        var said = "";
        foreach (var node in _nodes)
        {
            try
            {
                using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
                using var answer = await node.SendAsync(request);
                if (answer.IsSuccessStatusCode)
                    return await answer.Content.ReadFromJsonAsync<JsonElement>();
                said = await answer.Content.ReadAsStringAsync();
            }
            catch (Exception gone) when (gone is HttpRequestException or OperationCanceledException)
            {
                said = gone.Message;
            }
        }
        throw new HttpRequestException($"No node of Elasticsearch answers {path}: {said}");
    }

    static async Task UntilAsync(string what, Func<Task<bool>> isSoAsync)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                if (await isSoAsync())
                    return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
            if (late.IsCancellationRequested)
                throw new InvalidOperationException($"It did not come, within {Patience.TotalMinutes} minutes, that {what}");
            await Task.Delay(200, CancellationToken.None);
        }
    }
}
