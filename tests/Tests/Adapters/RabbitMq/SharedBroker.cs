namespace Footfall.Tests.Adapters.RabbitMq;

/// <summary>One broker of one node for all tests that need no more; each test has streams of its own.</summary>
public sealed class SharedBroker : IAsyncLifetime
{
    /// <summary>Tests that use it run one after the other.</summary>
    public const string Collection = "RabbitMQ";

    static int s_logs;

    BrokerCluster? _cluster;

    public IReadOnlyList<Uri> Nodes => [.. _cluster!.Nodes.Select(node => node.Address)];

    public Uri Management => _cluster!.Nodes[0].Management;

    /// <summary>How much the node's disk must have free before the node takes anything in, such as <c>50MB</c>.</summary>
    public Task SetDiskFreeLimitAsync(string limit) => _cluster!.Nodes[0].RunAsync("rabbitmqctl", "set_disk_free_limit", limit);

    /// <summary>A name that no other test uses.</summary>
    public static string NewPrefix() => FormattableString.Invariant($"test{Interlocked.Increment(ref s_logs)}");

    public async ValueTask InitializeAsync() => _cluster = await BrokerCluster.StartAsync(nodes: 1);

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
    }
}
