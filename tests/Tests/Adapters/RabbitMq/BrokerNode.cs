using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.RabbitMq;

/// <summary>One real RabbitMQ node on loopback, with ports and folders of its own.</summary>
sealed class BrokerNode(BrokerCluster cluster, int number) : IDisposable
{
    /// <summary>Where the package keeps what its wrappers would run as another user.</summary>
    public const string Programs = "/usr/lib/rabbitmq/bin/";

    readonly int _port = Loopback.FreePort();
    readonly int _distribution = Loopback.FreePort();
    readonly int _management = Loopback.FreePort();
    Process? _server;

    public string Name => string.Create(CultureInfo.InvariantCulture, $"ff{number}@localhost");

    public Uri Address => new(string.Create(CultureInfo.InvariantCulture, $"amqp://guest:guest@127.0.0.1:{_port}/"));

    public Uri Management => new(string.Create(CultureInfo.InvariantCulture, $"http://guest:guest@127.0.0.1:{_management}/"));

    string Folder => Path.Combine(cluster.Folder, Name);

    public async Task StartAsync()
    {
        Directory.CreateDirectory(Folder);
        await File.WriteAllTextAsync(Path.Combine(Folder, "rabbitmq.conf"), string.Create(CultureInfo.InvariantCulture, $"""
            management.tcp.ip = 127.0.0.1
            management.tcp.port = {_management}
            log.console = false

            """));
        _server = Start("rabbitmq-server");
        for (var patience = Stopwatch.StartNew(); !await AnswersAsync();)
        {
            if (_server.HasExited || patience.Elapsed > TimeSpan.FromMinutes(2))
                throw new InvalidOperationException($"{Name} does not answer; its logs are in {Folder}");
            await Task.Delay(200);
        }
        await RunAsync("rabbitmqctl", "await_startup");
    }

    public async Task JoinAsync(BrokerNode other)
    {
        await RunAsync("rabbitmqctl", "stop_app");
        await RunAsync("rabbitmqctl", "join_cluster", other.Name);
        await RunAsync("rabbitmqctl", "start_app");
    }

    /// <summary>Runs a tool of the node's to its end.</summary>
    public async Task RunAsync(string tool, params string[] arguments)
    {
        using var process = Start(tool, arguments);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: {said}");
    }

    /// <summary>As a power cut would: nothing is told, nothing is written.</summary>
    public void Kill()
    {
        var pid = int.Parse(File.ReadAllText(Path.Combine(Folder, "pid")), CultureInfo.InvariantCulture);
        using (var machine = Process.GetProcessById(pid))
        {
            machine.Kill();
            machine.WaitForExit();
        }
        _server?.WaitForExit();
        _server?.Dispose();
        _server = null;
    }

    public void Dispose()
    {
        if (_server is not null)
            Kill();
    }

    async Task<bool> AnswersAsync()
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, _port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    Process Start(string tool, params string[] arguments)
    {
        var start = new ProcessStartInfo(Programs + tool, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var (name, value) in Settings())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    Dictionary<string, string> Settings() => new()
    {
        ["HOME"] = cluster.Folder,
        ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
        ["ERL_EPMD_PORT"] = Number(cluster.NamesPort),
        ["RABBITMQ_NODENAME"] = Name,
        ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
        ["RABBITMQ_NODE_PORT"] = Number(_port),
        ["RABBITMQ_DIST_PORT"] = Number(_distribution),
        ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
        ["RABBITMQ_MNESIA_BASE"] = Path.Combine(Folder, "data"),
        ["RABBITMQ_LOG_BASE"] = Path.Combine(Folder, "log"),
        ["RABBITMQ_PID_FILE"] = Path.Combine(Folder, "pid"),
        ["RABBITMQ_CONFIG_FILE"] = Path.Combine(Folder, "rabbitmq.conf"),
        ["RABBITMQ_GENERATED_CONFIG_DIR"] = Path.Combine(Folder, "generated"),
        ["RABBITMQ_ENABLED_PLUGINS_FILE"] = Path.Combine(cluster.Folder, "plugins"),
    };

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
