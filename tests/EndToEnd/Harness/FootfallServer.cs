using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Footfall.EndToEnd.Harness;

/// <summary>The built server as a process of its own, on a free loopback port and in a data folder of its own, which goes when this goes.</summary>
public sealed class FootfallServer : IAsyncDisposable
{
    /// <summary>The administrator's key of every server started here.</summary>
    public const string Key = "end-to-end-administrator";

    static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(20);

    ServerOptions _options;
    readonly StringBuilder _output = new();
    readonly bool _ownsData;
    Process? _process;

    FootfallServer(ServerOptions options)
    {
        _options = options;
        _ownsData = options.Data is null;
        Data = options.Data ?? Directory.CreateTempSubdirectory("footfall-").FullName;
    }

    public string Data { get; }

    public Uri Address { get; private set; } = null!;

    public int Pid => _process!.Id;

    public bool IsRunning => _process is { HasExited: false };

    /// <summary>Speaks as the administrator.</summary>
    public FootfallApi Api { get; private set; } = null!;

    /// <summary>Speaks as anybody.</summary>
    public HttpClient Visitor { get; private set; } = null!;

    /// <summary>All that the process has written, over all its lives.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>Starts a server and waits until it is ready.</summary>
    public static async Task<FootfallServer> StartAsync(ServerOptions? options = null)
    {
        var server = new FootfallServer(options ?? new ServerOptions());
        try
        {
            await server.StartAgainAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    /// <summary>Starts the process again in the same folder, after <see cref="Kill"/> or <see cref="StopAsync"/>.</summary>
    public async Task StartAgainAsync()
    {
        Launch();
        await ReadyAsync();
    }

    /// <summary>Has the process start with other options from the next time on; its data folder stays.</summary>
    public void Change(Func<ServerOptions, ServerOptions> change) => _options = change(_options);

    /// <summary>Starts the process and does not wait for it.</summary>
    /// <param name="listen">Where to listen, when it is not where the options say.</param>
    public void Launch(string? listen = null)
    {
        Directory.CreateDirectory(Data);
        File.Delete(Path.Combine(Data, "server.json"));
        _process = ServerProcess.Start(_options, ["serve", "--listen", listen ?? _options.Listen, "--data", Data]);
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until the process announces itself and says that it is ready.</summary>
    public async Task ReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            if (_process!.HasExited)
                throw new InvalidOperationException($"The server ended with code {_process.ExitCode}:\n{Output}");
            if (await IsReadyAsync())
                return;
            if (Stopwatch.GetElapsedTime(began) > ReadyWithin)
                throw new TimeoutException($"The server was not ready after {ReadyWithin.TotalSeconds} s:\n{Output}");
            await Task.Delay(10);
        }
    }

    /// <summary>kill -9: the process gets to do nothing more.</summary>
    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager ends it.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> StopAsync(TimeSpan within)
    {
        await Signals.TerminateAsync(_process!);
        using var timeout = new CancellationTokenSource(within);
        try
        {
            await _process!.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException late)
        {
            throw new TimeoutException($"The server did not end within {within.TotalSeconds} s of SIGTERM:\n{Output}", late);
        }
        return _process.ExitCode;
    }

    public ValueTask DisposeAsync()
    {
        if (IsRunning)
            Kill();
        _process?.Dispose();
        Api?.Dispose();
        Visitor?.Dispose();
        if (_ownsData)
            Directory.Delete(Data, recursive: true);
        return ValueTask.CompletedTask;
    }

    async Task<bool> IsReadyAsync()
    {
        var file = Path.Combine(Data, "server.json");
        if (!File.Exists(file))
            return false;
        using var announced = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        if (announced.RootElement.GetProperty("pid").GetInt32() != Pid)
            return false;
        var address = announced.RootElement.GetProperty("address").GetString()!;
        SpeakTo(new Uri(address.StartsWith("http", StringComparison.Ordinal) ? address : "http://" + address));
        try
        {
            using var answer = await Visitor.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    void SpeakTo(Uri address)
    {
        if (Address == address)
            return;
        Address = address;
        Visitor?.Dispose();
        Visitor = ClientOf(address);
        Visitor.DefaultRequestHeaders.UserAgent.ParseAdd(Browsers.Desktop);
        var administrator = ClientOf(address);
        administrator.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        administrator.DefaultRequestHeaders.UserAgent.ParseAdd(Browsers.Desktop);
        Api?.Dispose();
        Api = new FootfallApi(administrator);
    }

    static HttpClient ClientOf(Uri address) =>
        new(new SocketsHttpHandler { UseProxy = false, UseCookies = false }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    void Keep(string? line)
    {
        lock (_output)
            _output.AppendLine(line);
    }
}
