using System.Net;

namespace Footfall.EndToEnd.Operating;

public sealed class StartsAndStops(SharedServer shared)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_termination_under_load_ends_cleanly_and_keeps_everything_acknowledged()
    {
        const string Site = "stop.example";
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        var acknowledged = new List<int>();
        var load = Sent.SinglyAsync(server.Api, Site, Enumerable.Range(0, 9_000), acknowledged);
        while (!load.IsCompleted && CountOf(acknowledged) < 500)
            await Task.Delay(1);
        var exitCode = await server.StopAsync(Patience);
        await load;
        Assert.Equal(0, exitCode);
        Assert.False(File.Exists(Path.Combine(server.Data, "server.json")), "server.json outlived the server");
        await server.StartAgainAsync();
        Sent.AssertExactlyOnce(await Sent.CountedAsync(server.Api, Site), acknowledged);
    }

    [Fact]
    public async Task A_second_server_on_the_same_folder_is_told_so_in_one_sentence()
    {
        var second = await ServerProcess.RunAsync(new ServerOptions(), "serve", "--listen", "127.0.0.1:0", "--data", shared.Server.Data);
        AssertOneSentence(second, shared.Server.Data);
        Assert.Equal(HttpStatusCode.OK, (await shared.Visitor.GetAsync("/readyz")).StatusCode);
    }

    [Fact]
    public async Task A_taken_port_is_told_in_one_sentence()
    {
        var folder = Directory.CreateTempSubdirectory("footfall-port-").FullName;
        try
        {
            var listen = $"127.0.0.1:{shared.Server.Address.Port}";
            var second = await ServerProcess.RunAsync(new ServerOptions(), "serve", "--listen", listen, "--data", folder);
            AssertOneSentence(second, listen);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static void AssertOneSentence((int ExitCode, string Output, string Error) ended, string about)
    {
        Assert.Equal(2, ended.ExitCode);
        var line = Assert.Single(ended.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(about, line, StringComparison.Ordinal);
    }

    static int CountOf(List<int> numbers)
    {
        lock (numbers)
            return numbers.Count;
    }
}
