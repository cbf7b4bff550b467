using Footfall.Adapters.Elastic;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>One node for all tests that need no more; each test has indices of its own.</summary>
public sealed class SharedElastic : IAsyncLifetime
{
    /// <summary>Tests that use it run one after the other.</summary>
    public const string Collection = "Elasticsearch";

    static int s_prefixes;

    readonly List<HttpNodes> _clients = [];
    IReadOnlyList<ElasticNode> _nodes = [];

    public Uri Address => _nodes[0].Address;

    public async ValueTask InitializeAsync() => _nodes = await ElasticNode.StartAsync("master,data");

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var node in _nodes)
            await node.DisposeAsync();
    }

    /// <summary>Indices that no other test uses.</summary>
    public static ElasticOptions NewOptions() => new()
    {
        Prefix = FormattableString.Invariant($"test{Interlocked.Increment(ref s_prefixes)}"),
        Replicas = 0,
        Time = TimeProvider.System,
    };

    /// <summary>A client that lives as long as the node.</summary>
    public HttpNodes Client(params Uri[] others)
    {
        var client = new HttpNodes([.. others, Address], null, TimeProvider.System);
        _clients.Add(client);
        return client;
    }
}
