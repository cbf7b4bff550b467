using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace Footfall.Drill.Cluster;

/// <summary>A cluster on this machine, through the script <c>./cluster</c>, in a folder of its own.</summary>
sealed class ClusterProcess : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    readonly string _data = Directory.CreateTempSubdirectory("footfall-cluster").FullName;

    /// <summary>Starts everything and completes once it answers.</summary>
    /// <param name="parts">What it has beside what every one has, such as <c>--elastic</c>.</param>
    public static async Task<ClusterProcess> StartAsync(params string[] parts)
    {
        var cluster = new ClusterProcess();
        try
        {
            // PostgreSQL runs as another user, who must find its folder.
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(cluster._data, (UnixFileMode)0b111_101_101);
            await cluster.RunAsync(["up", .. parts]);
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Speaks to one of its parts, with the administrator's key; <c>web</c> is the balancer.</summary>
    public async Task<HttpClient> ClientAsync(string part)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{(await RunAsync("port", part)).Trim()}"), Timeout = TimeSpan.FromSeconds(20) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await RunAsync("key")).Trim());
        // Who names no browser is a bot, and counts in no report.
        client.DefaultRequestHeaders.UserAgent.ParseAdd(Browsers.Desktop);
        return client;
    }

    /// <summary>The process id of one of its parts.</summary>
    public async Task<int> PidAsync(string part) => int.Parse((await RunAsync("pid", part)).Trim(), CultureInfo.InvariantCulture);

    public Task KillAsync(string part) => RunAsync("kill", part);

    public Task StartAsync(string part) => RunAsync("start", part);

    public Task StopAsync(string part) => RunAsync("stop", part);

    /// <summary>Has the standby take over from a primary that is gone.</summary>
    public Task PromoteAsync() => RunAsync("promote");

    /// <summary>Asks something of a node of the queue.</summary>
    public Task RabbitmqctlAsync(string node, params string[] arguments) => RunAsync(["rabbitmqctl", node, .. arguments]);

    /// <summary>What a command of the program says to one of its servers.</summary>
    public async Task<string> FootfallAsync(string server, params string[] command)
    {
        var options = new ServerOptions { Environment = new Dictionary<string, string> { ["FOOTFALL_API_KEY"] = (await RunAsync("key")).Trim() } };
        var (code, output, error) = await ServerProcess.RunAsync(options, [.. command, "--server", $"http://127.0.0.1:{(await RunAsync("port", server)).Trim()}"]);
        return code == 0 ? output : throw new InvalidOperationException($"footfall {string.Join(' ', command)}: {error}");
    }

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        Directory.Delete(_data, recursive: true);
    }

    async Task<string> RunAsync(params string[] arguments)
    {
        var script = Path.Combine(Directory.GetCurrentDirectory(), "cluster");
        using var process = Process.Start(new ProcessStartInfo(script, [.. arguments, "--data", _data])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        using var late = new CancellationTokenSource(Patience);
        var (said, failed) = (process.StandardOutput.ReadToEndAsync(late.Token), process.StandardError.ReadToEndAsync(late.Token));
        await process.WaitForExitAsync(late.Token);
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"./cluster {string.Join(' ', arguments)}: {await failed}");
    }
}
