namespace Footfall.Drill.Cluster;

/// <summary>What is done to a cluster, in this order: each kind of process dies as by a power cut, and comes back.</summary>
static class ClusterFaults
{
    /// <summary>Every server restarts in turn; no request may fail of it.</summary>
    public const string Rolling = "rolling";

    /// <summary>The one way in: while it is away, nobody is answered.</summary>
    public const string Balancer = "balancer";

    /// <summary>No fault, but what must hold beside them: under load the cluster reports what one process does.</summary>
    public const string Equal = "equal";

    /// <summary>How long something is away.</summary>
    public static readonly TimeSpan Away = TimeSpan.FromSeconds(12);

    static readonly string[] Queues = ["queue1", "queue2", "queue3"];

    /// <summary>What a short drill does.</summary>
    public static IReadOnlyList<string> Short { get; } = ["collector", "processor", "caches", "databases", Equal];

    public static IReadOnlyList<(string Name, Func<ClusterProcess, Task> RunAsync)> All { get; } =
    [
        ("collector", cluster => KillAsync(cluster, "collector1")),
        ("queue1", cluster => KillAsync(cluster, "queue1")),
        ("queue2", cluster => KillAsync(cluster, "queue2")),
        ("processor", cluster => KillAsync(cluster, "processor1")),
        ("archiver", cluster => KillAsync(cluster, "archiver1")),
        ("cache", cluster => KillAsync(cluster, "cache1")),
        ("reporter", cluster => KillAsync(cluster, "reporter1")),
        (Balancer, BalancerAsync),
        (Rolling, RollingAsync),
        ("queue-full", FullAsync),
        ("queues", cluster => KillAsync(cluster, Queues)),
        ("caches", cluster => KillAsync(cluster, "cache1", "cache2")),
        ("databases", cluster => KillAsync(cluster, "database1", "database2")),
        ("queues-and-databases", cluster => KillAsync(cluster, [.. Queues, "database1", "database2"])),
        ("queues-starts", QueuesStartsAsync),
        ("primary", PrimaryAsync),
        .. SearchFaults.All,
    ];

    /// <summary>While these last nothing can be made durable: every event is refused, and taken again by itself.</summary>
    public static IReadOnlyList<string> Outages { get; } = ["queue-full", "queues", "queues-and-databases", "queues-starts"];

    /// <summary>Parts that are started again are started together, for nodes of the queue wait for each other.</summary>
    public static async Task KillAsync(ClusterProcess cluster, params IReadOnlyList<string> parts)
    {
        foreach (var part in parts)
            await cluster.KillAsync(part);
        await Task.Delay(Away);
        await Task.WhenAll(parts.Select(cluster.StartAsync));
    }

    /// <summary>One node whose disk is too full stops the publishers of all.</summary>
    static async Task FullAsync(ClusterProcess cluster)
    {
        await cluster.RabbitmqctlAsync("queue2", "set_disk_free_limit", "900000GB");
        await Task.Delay(Away);
        await cluster.RabbitmqctlAsync("queue2", "set_disk_free_limit", "50MB");
    }

    /// <summary>
    /// While the queue is away one server of each kind dies and comes back: a collector with what it keeps for the queue, where it keeps any, and a
    /// reporter that answers before the queue is there.
    /// </summary>
    static async Task QueuesStartsAsync(ClusterProcess cluster)
    {
        foreach (var queue in Queues)
            await cluster.KillAsync(queue);
        await Task.Delay(Away / 2);
        foreach (var server in (string[])["collector1", "processor1", "archiver1", "reporter1"])
        {
            await cluster.KillAsync(server);
            await cluster.StartAsync(server);
        }
        await ReadyAsync(cluster, "reporter1");
        await Task.Delay(Away / 2);
        await Task.WhenAll(Queues.Select(cluster.StartAsync));
    }

    /// <summary>Nobody stands in for it here: it comes back at once, as its supervisor would have it.</summary>
    static async Task BalancerAsync(ClusterProcess cluster)
    {
        await cluster.KillAsync(Balancer);
        await cluster.StartAsync(Balancer);
    }

    /// <summary>Every server stops, one after the other, as for an upgrade.</summary>
    static async Task RollingAsync(ClusterProcess cluster)
    {
        foreach (var part in (string[])["collector1", "collector2", "processor1", "processor2", "archiver1", "reporter1", "reporter2", "scheduler1"])
        {
            await cluster.StopAsync(part);
            await cluster.StartAsync(part);
            await ReadyAsync(cluster, part);
        }
    }

    static async Task PrimaryAsync(ClusterProcess cluster)
    {
        await cluster.KillAsync("database1");
        await cluster.PromoteAsync();
    }

    static async Task ReadyAsync(ClusterProcess cluster, string part)
    {
        using var client = await cluster.ClientAsync(part);
        using var late = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                using var answer = await client.GetAsync("/readyz", late.Token);
                if (answer.IsSuccessStatusCode)
                    break;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }
            await Task.Delay(100, late.Token);
        }
        // Until the balancer has seen it, too.
        await Task.Delay(TimeSpan.FromSeconds(2), late.Token);
    }
}
