using System.Diagnostics;
using System.Globalization;

namespace Footfall.Servers;

/// <summary>A program that a test starts, with what it said. Killed when it is disposed.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly Queue<string> _said = new();

    /// <summary>Of the program itself: waiting for the process would wait for its children as well, which may have its output open for longer.</summary>
    readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    ChildProcess(Process process)
    {
        _process = process;
        process.Exited += (_, _) => _ended.TrySetResult();
        process.EnableRaisingEvents = true;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The latest lines, for a test that fails.</summary>
    public string Said
    {
        get
        {
            lock (_said)
                return string.Join('\n', _said);
        }
    }

    public int Id => _process.Id;

    public static ChildProcess Start(string program, params IEnumerable<string> arguments) =>
        new(Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true, UseShellExecute = false })!);

    /// <summary>Runs a program that must end well.</summary>
    public static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        var (code, said) = await TryRunAsync(program, arguments);
        if (code != 0)
            throw new InvalidOperationException($"{program} ended with code {code}: {said}");
    }

    /// <summary>Runs a program to its end, whatever that is.</summary>
    public static async Task<(int ExitCode, string Said)> TryRunAsync(string program, params IEnumerable<string> arguments)
    {
        await using var child = Start(program, arguments);
        await child._process.WaitForExitAsync();
        return (child._process.ExitCode, child.Said);
    }

    /// <summary>kill -9, as a crash of the program is.</summary>
    public Task KillAsync() => EndAsync("KILL");

    /// <summary>As <see cref="KillAsync"/> with the programs that it has started, as when their machine goes away.</summary>
    public Task KillAllAsync()
    {
        _process.Kill(entireProcessTree: true);
        return _ended.Task;
    }

    /// <summary>For programs that take SIGQUIT as the wish to end at once, with their children.</summary>
    public Task QuitAsync() => EndAsync("QUIT");

    /// <summary>Stands still, with its connections open, until <see cref="ContinueAsync"/>.</summary>
    public Task FreezeAsync() => SignalAsync("STOP");

    public Task ContinueAsync() => SignalAsync("CONT");

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    async Task EndAsync(string signal)
    {
        if (_process.HasExited)
            return;
        await SignalAsync(signal);
        await _ended.Task;
    }

    async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", ["-" + signal, _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_said)
        {
            _said.Enqueue(line);
            if (_said.Count > 50)
                _said.Dequeue();
        }
    }
}
