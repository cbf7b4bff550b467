using Footfall.Server;
using Footfall.Server.Cli;
using Footfall.Server.Settings;

namespace Footfall.Tests.Cli;

/// <summary>Runs commands as a person would, against a fake server, in a folder of its own.</summary>
sealed class CliFixture : IDisposable
{
    public CliFixture() => Directory.CreateDirectory(Folder);

    public string Folder { get; } = Path.Combine(Path.GetTempPath(), "footfall-cli-" + Guid.NewGuid().ToString("n"));

    public string Data => Path.Combine(Folder, "data");

    public Dictionary<string, string> Environment { get; } = [];

    public Stream Input { get; set; } = Stream.Null;

    public StartServer Start { get; set; } = (_, _) => throw new UserErrorException("No server starts here.");

    public FootfallSettings? Started { get; set; }

    /// <summary>Lets commands find a server as if it ran on the data folder.</summary>
    public void Runs(FakeServer server)
    {
        Directory.CreateDirectory(Data);
        new ServerFile(server.Address.ToString(), server.Token, System.Environment.ProcessId).Write(Data);
    }

    /// <summary>Runs a command on the fixture's data folder.</summary>
    public async Task<(int Code, string Out, string Error)> RunAsync(CancellationToken cancellation, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Environment.TryAdd("FOOTFALL_DATA", Data);
        var context = new CliContext(output, error, () => Input, () => null, Environment, Interactive: false, TimeProvider.System, Start);
        var code = await CommandLine.RunAsync(arguments, context, cancellation);
        return (code, output.ToString(), error.ToString());
    }

    public Task<(int Code, string Out, string Error)> RunAsync(params string[] arguments) => RunAsync(TestContext.Current.CancellationToken, arguments);

    public string Write(string name, string text)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
