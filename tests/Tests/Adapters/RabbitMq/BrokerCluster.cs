using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.RabbitMq;

/// <summary>Real RabbitMQ nodes that know each other, in a temporary folder; their own name server goes with them.</summary>
sealed class BrokerCluster : IAsyncDisposable
{
    readonly List<BrokerNode> _nodes = [];
    Process? _names;

    public string Folder { get; } = Directory.CreateTempSubdirectory("footfall-rabbitmq").FullName;

    public int NamesPort { get; } = Loopback.FreePort();

    public IReadOnlyList<BrokerNode> Nodes => _nodes;

    /// <summary>Starts the nodes one after the other, and makes them one cluster.</summary>
    public static async Task<BrokerCluster> StartAsync(int nodes)
    {
        Needed.Program("rabbitmq-server", BrokerNode.Programs);
        var cluster = new BrokerCluster();
        try
        {
            await cluster.BeginAsync(nodes);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
            node.Dispose();
        _names?.Kill();
        _names?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    async Task BeginAsync(int nodes)
    {
        var cookie = Path.Combine(Folder, ".erlang.cookie");
        await File.WriteAllTextAsync(cookie, Convert.ToHexString(RandomNumberGenerator.GetBytes(16)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(cookie, UnixFileMode.UserRead);
        await File.WriteAllTextAsync(Path.Combine(Folder, "plugins"), "[rabbitmq_management].\n");
        _names = Process.Start("/usr/bin/epmd", ["-address", "127.0.0.1", "-port", NamesPort.ToString(CultureInfo.InvariantCulture)]);
        for (var number = 1; number <= nodes; number++)
        {
            var node = new BrokerNode(this, number);
            _nodes.Add(node);
            await node.StartAsync();
            if (number > 1)
                await node.JoinAsync(_nodes[0]);
        }
    }
}
