namespace Footfall.Drill.Cluster;

/// <summary>What is done to the Elasticsearch of a cluster, in this order. Intake and reports must not notice any of it.</summary>
static class SearchFaults
{
    /// <summary>Nothing is done, so that what follows has something to be compared with.</summary>
    public const string Calm = "calm";

    /// <summary>One of three: searches go on.</summary>
    public const string Node = "search-node";

    /// <summary>All nodes: while it lasts nothing is found.</summary>
    public const string Nodes = "search-nodes";

    const string Archiver = "archiver1";

    static readonly TimeSpan CalmFor = TimeSpan.FromSeconds(40);

    static readonly TimeSpan RefusedWithin = TimeSpan.FromSeconds(30);

    public static IReadOnlyList<(string Name, Func<ClusterProcess, Task> RunAsync)> All { get; } =
    [
        (Calm, _ => Task.Delay(CalmFor)),
        (Node, cluster => KillAsync(cluster, "search2")),
        (Nodes, cluster => KillAsync(cluster, SearchDump.Nodes)),
        ("search-again", AgainAsync),
        ("search-refused", RefusedAsync),
    ];

    static async Task KillAsync(ClusterProcess cluster, params IReadOnlyList<string> nodes)
    {
        await ClusterFaults.KillAsync(cluster, nodes);
        using var dump = await SearchDump.OfAsync(cluster);
        await dump.WholeAsync();
        await dump.NearlyCaughtUpAsync();
    }

    /// <summary>Everything is delivered again, after a new index was begun, which would take every hit once more.</summary>
    static async Task AgainAsync(ClusterProcess cluster)
    {
        using var dump = await SearchDump.OfAsync(cluster);
        await dump.RollOverAsync();
        await cluster.KillAsync(Archiver);
        var before = await dump.CountAsync();
        await dump.PutPositionsBackAsync();
        await cluster.StartAsync(Archiver);
        await dump.RepeatedAsync(before);
        await dump.NearlyCaughtUpAsync();
    }

    /// <summary>An index made by hand, in which a language is a number.</summary>
    static async Task RefusedAsync(ClusterProcess cluster)
    {
        using var dump = await SearchDump.OfAsync(cluster);
        await dump.RollOverAsync(new { language = new { type = "integer" } });
        using (var client = await cluster.ClientAsync("web"))
        {
            client.DefaultRequestHeaders.AcceptLanguage.ParseAdd("de");
            using var answer = await client.PostAsync("/api/v1/events", SearchWatch.Event("refused"));
            answer.EnsureSuccessStatusCode();
        }
        using var late = new CancellationTokenSource(RefusedWithin);
        while (!(await cluster.FootfallAsync("reporter1", "hits", "refused")).Contains("failed to parse field [language]", StringComparison.Ordinal))
        {
            if (late.IsCancellationRequested)
                throw new InvalidOperationException($"the hit that Elasticsearch must refuse was not listed within {RefusedWithin.TotalSeconds} s");
            await Task.Delay(500, CancellationToken.None);
        }
        await dump.RollOverAsync();
    }
}
