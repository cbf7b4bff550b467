namespace Footfall.Servers;

/// <summary>One memcached of Debian's package on a free port of the loopback.</summary>
public sealed class MemcachedNode : IAsyncDisposable
{
    readonly int _memoryMiB;
    ChildProcess _running;

    MemcachedNode(int port, int memoryMiB)
    {
        (Port, _memoryMiB) = (port, memoryMiB);
        _running = Run();
    }

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    public int ProcessId => _running.Id;

    public static async Task<MemcachedNode> StartAsync(int memoryMiB = 64)
    {
        var node = new MemcachedNode(Loopback.FreePort(), memoryMiB);
        await Loopback.ListensAsync(node.Port, TimeSpan.FromSeconds(10));
        return node;
    }

    /// <summary>Starts it again, empty, where it was.</summary>
    public async Task RestartAsync()
    {
        await _running.DisposeAsync();
        _running = Run();
        await Loopback.ListensAsync(Port, TimeSpan.FromSeconds(10));
    }

    public Task KillAsync() => _running.KillAsync();

    /// <summary>Takes connections and never answers, until <see cref="ContinueAsync"/>.</summary>
    public Task FreezeAsync() => _running.FreezeAsync();

    public Task ContinueAsync() => _running.ContinueAsync();

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    // As root it wants to be told whose rights to take; nobody's will do.
    ChildProcess Run() => ChildProcess.Start(
        Needed.Program("memcached"),
        ["-l", "127.0.0.1", "-p", Text(Port), "-U", "0", "-m", Text(_memoryMiB), "-t", "2", .. Environment.IsPrivilegedProcess ? ["-u", "nobody"] : Array.Empty<string>()]);

    static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
