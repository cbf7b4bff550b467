using System.Diagnostics;
using System.Globalization;

namespace Footfall.EndToEnd.Harness;

/// <summary>The executable that the build made.</summary>
public static class ServerProcess
{
    /// <summary>The root of the repository: where the solution lies.</summary>
    public static string Root { get; } = FindRoot();

    public static string Executable { get; } = Path.Combine(Root, "artifacts", "bin", "Footfall.Server", "release", "footfall");

    /// <summary>Starts the program with nothing of the caller's own settings, its output redirected.</summary>
    public static Process Start(ServerOptions options, IEnumerable<string> arguments)
    {
        if (!File.Exists(Executable))
            throw new InvalidOperationException($"{Executable} is not built; run ./test, or dotnet build Footfall.slnx -c Release");
        var start = new ProcessStartInfo(Executable, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("FOOTFALL_", StringComparison.Ordinal)).ToList())
            start.Environment.Remove(name);
        start.Environment["FOOTFALL_API_KEY"] = FootfallServer.Key;
        start.Environment["FOOTFALL_EVENTS_PER_SECOND_PER_ADDRESS"] = options.EventsPerSecondPerAddress.ToString(CultureInfo.InvariantCulture);
        if (options.TrustedProxies is { } proxies)
            start.Environment["FOOTFALL_TRUSTED_PROXIES"] = proxies;
        foreach (var (name, value) in options.Environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    /// <summary>Runs the program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(ServerOptions options, params string[] arguments)
    {
        using var process = Start(options, arguments);
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
            var error = process.StandardError.ReadToEndAsync(timeout.Token);
            await process.WaitForExitAsync(timeout.Token);
            return (process.ExitCode, await output, await error);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Footfall.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("This does not run inside the repository.");
    }
}
