using System.Diagnostics;
using System.Globalization;

namespace Footfall.Servers;

/// <summary>
/// One real Elasticsearch node on free ports of the loopback, in a process group and a folder of its own. It refuses to run as root, so a test that is
/// root starts it as nobody.
/// </summary>
public sealed class ElasticNode : IAsyncDisposable
{
    const string User = "nobody";

    static readonly TimeSpan StartsWithin = TimeSpan.FromMinutes(2);

    readonly HttpClient _client = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-elastic").FullName;
    readonly string _engine = Needed.Engine("elasticsearch-8.19.4");
    readonly string _roles;
    readonly int _port = Loopback.FreePort();
    readonly int _transport = Loopback.FreePort();
    ChildProcess? _running;

    ElasticNode(string name, string roles) => (Name, _roles) = (name, roles);

    public string Name { get; }

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}/"));

    /// <summary>One cluster of nodes that are started at once and answer.</summary>
    public static async Task<IReadOnlyList<ElasticNode>> StartAsync(params string[] roles)
    {
        var nodes = await BeginAsync(roles);
        try
        {
            await AnswerAsync(nodes);
            return nodes;
        }
        catch
        {
            foreach (var node in nodes)
                await node.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same, which will answer later. The first node decides who is the first master.</summary>
    public static async Task<IReadOnlyList<ElasticNode>> BeginAsync(params string[] roles)
    {
        var nodes = roles.Select((role, place) => new ElasticNode(string.Create(CultureInfo.InvariantCulture, $"es{place + 1}"), role)).ToList();
        foreach (var node in nodes)
        {
            await node.ConfigureAsync(nodes);
            node.Run();
        }
        return nodes;
    }

    /// <summary>Waits until each of them sees all of them.</summary>
    public static async Task AnswerAsync(IReadOnlyList<ElasticNode> nodes)
    {
        foreach (var node in nodes)
            await node.AnswersAsync(nodes.Count);
    }

    /// <summary>kill -9 of the node and of what started it.</summary>
    public async Task KillAsync()
    {
        if (_running is null)
            return;
        await ChildProcess.TryRunAsync("kill", "-KILL", "--", string.Create(CultureInfo.InvariantCulture, $"-{_running.Id}"));
        await _running.DisposeAsync();
        _running = null;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    async Task ConfigureAsync(List<ElasticNode> nodes)
    {
        foreach (var part in new[] { "config", "data", "logs" })
            Directory.CreateDirectory(Path.Combine(_folder, part));
        await ChildProcess.RunAsync("cp", "-r", Path.Combine(_engine, "config") + "/.", Path.Combine(_folder, "config"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "config", "elasticsearch.yml"), string.Create(CultureInfo.InvariantCulture, $"""
            cluster.name: footfall-test
            node.name: {Name}
            node.roles: [{_roles}]
            path.data: {_folder}/data
            path.logs: {_folder}/logs
            network.host: 127.0.0.1
            http.port: {_port}
            transport.port: {_transport}
            discovery.seed_hosts: [{string.Join(", ", nodes.Select(node => $"\"127.0.0.1:{node._transport}\""))}]
            cluster.initial_master_nodes: ["{nodes[0].Name}"]
            xpack.security.enabled: false
            cluster.routing.allocation.disk.threshold_enabled: false
            """));
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("chown", "-R", User, _folder);
    }

    void Run()
    {
        string[] environment = [$"HOME={_folder}", $"ES_JAVA_HOME={JavaHome()}", $"ES_PATH_CONF={_folder}/config", "ES_JAVA_OPTS=-Xms384m -Xmx384m"];
        string[] user = Environment.IsPrivilegedProcess ? ["setpriv", $"--reuid={User}", "--regid=nogroup", "--clear-groups", "--"] : [];
        _running = ChildProcess.Start("setsid", [.. user, "env", "-C", _folder, .. environment, Path.Combine(_engine, "bin", "elasticsearch")]);
    }

    async Task AnswersAsync(int nodes)
    {
        var began = Stopwatch.StartNew();
        while (!await SeesAsync(nodes))
        {
            if (began.Elapsed > StartsWithin)
                throw new TimeoutException($"{Name} did not start within {StartsWithin.TotalSeconds} s: {_running!.Said}");
            await Task.Delay(100);
        }
    }

    async Task<bool> SeesAsync(int nodes)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(Address, "_cluster/health"));
            return (await answer.Content.ReadAsStringAsync()).Contains(string.Create(CultureInfo.InvariantCulture, $"\"number_of_nodes\":{nodes},"), StringComparison.Ordinal);
        }
        catch (Exception silent) when (silent is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    static string JavaHome()
    {
        var java = new FileInfo(Needed.Program("java"));
        return Path.GetDirectoryName(Path.GetDirectoryName((java.ResolveLinkTarget(returnFinalTarget: true) ?? java).FullName))!;
    }
}
