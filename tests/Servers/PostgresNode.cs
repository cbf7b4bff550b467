using System.Diagnostics;

namespace Footfall.Servers;

/// <summary>
/// One PostgreSQL server of Debian's package on a free port of the loopback, with a folder of its own. It refuses to run as root, so a test that is root
/// starts it as the user of the package.
/// </summary>
public sealed class PostgresNode : IAsyncDisposable
{
    /// <summary>The superuser, who needs no password on the loopback.</summary>
    public const string User = "footfall";

    const string Programs = "/usr/lib/postgresql/15/bin";
    const string PackageUser = "postgres";

    static readonly TimeSpan StartsWithin = TimeSpan.FromSeconds(60);

    readonly string _folder;
    ChildProcess? _running;

    PostgresNode(string folder, int port) => (_folder, Port) = (folder, port);

    public int Port { get; }

    public string Data => Path.Combine(_folder, "data");

    /// <summary>An empty server.</summary>
    /// <param name="isDurable">Whether it syncs its disk: only where a test asks what survives the machine.</param>
    public static async Task<PostgresNode> MakeAsync(bool isDurable = false)
    {
        var node = await FolderAsync();
        await RunAsync("initdb", "-D", node.Data, "-U", User, "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C");
        await node.ConfigureAsync($"""
            unix_socket_directories = ''
            listen_addresses = '127.0.0.1'
            fsync = {(isDurable ? "on" : "off")}
            shared_buffers = 32MB
            max_connections = 100
            wal_keep_size = 256MB
            wal_retrieve_retry_interval = 200ms
            wal_receiver_status_interval = 1s
            """);
        await node.StartAsync();
        return node;
    }

    /// <summary>A hot standby that streams from this server.</summary>
    public async Task<PostgresNode> MakeStandbyAsync(string name)
    {
        var standby = await FolderAsync();
        await RunAsync(
            "pg_basebackup", "-D", standby.Data, "-R", "--checkpoint=fast", "--no-sync", "-X", "stream", "-d", $"host=127.0.0.1 port={Port} user={User} application_name={name}");
        await standby.StartAsync();
        return standby;
    }

    public async Task StartAsync()
    {
        var (program, arguments) = AsPackageUser("postgres", ["-D", Data, "-c", $"port={Port}"]);
        _running = ChildProcess.Start(program, arguments);
        var began = Stopwatch.StartNew();
        // It listens before it is done with starting up.
        while ((await ChildProcess.TryRunAsync(Needed.Program("pg_isready", Programs), "-q", "-h", "127.0.0.1", "-p", $"{Port}")).ExitCode != 0)
        {
            if (began.Elapsed > StartsWithin)
                throw new TimeoutException($"PostgreSQL did not start within {StartsWithin.TotalSeconds} s: {_running.Said}");
            await Task.Delay(50);
        }
    }

    /// <summary>More lines of the configuration, for the next start or reload.</summary>
    public Task ConfigureAsync(string lines) => File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), lines + "\n");

    public Task ReloadAsync() => RunAsync("pg_ctl", "reload", "-D", Data);

    /// <summary>kill -9 of the server; its children end as soon as they see it.</summary>
    public Task KillAsync() => _running!.KillAsync();

    public Task PromoteAsync() => RunAsync("pg_ctl", "promote", "-w", "-D", Data);

    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            await running.QuitAsync();
            await running.DisposeAsync();
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>Runs a program of the package as the user that may.</summary>
    static async Task RunAsync(string name, params string[] given)
    {
        var (program, arguments) = AsPackageUser(name, given);
        await ChildProcess.RunAsync(program, arguments);
    }

    static async Task<PostgresNode> FolderAsync()
    {
        var folder = Directory.CreateTempSubdirectory("footfall-postgres").FullName;
        if (Environment.IsPrivilegedProcess)
            await ChildProcess.RunAsync("chown", PackageUser, folder);
        return new PostgresNode(folder, Loopback.FreePort());
    }

    static (string Program, string[] Arguments) AsPackageUser(string name, string[] arguments)
    {
        var program = Needed.Program(name, Programs);
        return Environment.IsPrivilegedProcess
            ? (Needed.Program("setpriv"), [$"--reuid={PackageUser}", $"--regid={PackageUser}", "--clear-groups", "--", program, .. arguments])
            : (program, arguments);
    }
}
