using System.Net;

namespace Footfall.EndToEnd.Durability;

public sealed class FullDisk
{
    const string Site = "full.example";
    const int EventsEach = 100;
    static readonly TimeSpan RecoversWithin = TimeSpan.FromSeconds(60);

    /// <summary>With a mebibyte left nothing more can be written at all; with 72 the log runs into the space it keeps free for the rest.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(72)]
    public async Task A_full_disk_is_a_503_that_passes_and_nothing_acknowledged_is_lost(int mebibytesLeft)
    {
        await OnSmallDiskAsync(async folder =>
        {
            await using var server = await FootfallServer.StartAsync(new ServerOptions { Data = Path.Combine(folder, "data") });
            await server.Api.AddSiteAsync(Site);
            await FillAndFreeAsync(server, Path.Combine(folder, "filler"), mebibytesLeft);
        });
    }

    [Fact]
    public async Task A_start_on_a_full_disk_says_so_and_leaves_the_warehouse_as_it_is()
    {
        await OnSmallDiskAsync(async folder =>
        {
            var options = new ServerOptions { Data = Path.Combine(folder, "data") };
            await using var server = await FootfallServer.StartAsync(options);
            await server.Api.AddSiteAsync(Site);
            var acknowledged = new List<int>();
            Assert.Equal(HttpStatusCode.Accepted, await SendAsync(server, 0, acknowledged));
            await server.Api.SettledLedgerAsync(Site);
            server.Kill();
            Fill(Path.Combine(folder, "filler"), 0);
            var warehouse = await File.ReadAllBytesAsync(Path.Combine(server.Data, "warehouse.duckdb"));
            var (code, _, error) = await ServerProcess.RunAsync(options, "serve", "--listen", "127.0.0.1:0", "--data", server.Data);
            Assert.Equal(2, code);
            Assert.Contains("No space left on device", error, StringComparison.Ordinal);
            Assert.Equal(warehouse, await File.ReadAllBytesAsync(Path.Combine(server.Data, "warehouse.duckdb")));
            Assert.Empty(Directory.GetFiles(server.Data, "*.damaged"));

            File.Delete(Path.Combine(folder, "filler"));
            await server.StartAgainAsync();
            Sent.AssertExactlyOnce(await CountedAsync(server), acknowledged);
        });
    }

    static async Task OnSmallDiskAsync(Func<string, Task> test)
    {
        var mount = Needs.Program("mount");
        var folder = Directory.CreateTempSubdirectory("footfall-full-").FullName;
        Needs.That(
            Environment.IsPrivilegedProcess && await Needs.RunAsync(mount, "-t", "tmpfs", "-o", "size=320m", "footfall-test", folder) == 0,
            "the right to mount a small file system");
        try
        {
            await test(folder);
        }
        finally
        {
            await Needs.RunAsync(Needs.Program("umount"), folder);
            Directory.Delete(folder, recursive: true);
        }
    }

    static async Task FillAndFreeAsync(FootfallServer server, string filler, int mebibytesLeft)
    {
        var acknowledged = new List<int>();
        var next = 0;
        Assert.Equal(HttpStatusCode.Accepted, await SendAsync(server, next++, acknowledged));
        Fill(filler, mebibytesLeft);

        HttpStatusCode answer;
        do
        {
            Assert.InRange(next, 0, 20_000);
            answer = await SendAsync(server, next++, acknowledged);
        }
        while (answer == HttpStatusCode.Accepted);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer);
        Assert.Equal(HttpStatusCode.OK, (await server.Visitor.GetAsync("/healthz")).StatusCode);

        File.Delete(filler);
        using var patience = new CancellationTokenSource(RecoversWithin);
        while (await SendAsync(server, next++, acknowledged) != HttpStatusCode.Accepted)
            await Task.Delay(200, patience.Token);
        Sent.AssertExactlyOnce(await CountedAsync(server), acknowledged);

        // What the disk holds is what the memory said.
        server.Kill();
        await server.StartAgainAsync();
        Sent.AssertExactlyOnce(await CountedAsync(server), acknowledged);
    }

    /// <summary>There are more pages than one report gives; each batch is one page of many views with ids of their own.</summary>
    static async Task<Dictionary<string, int>> CountedAsync(FootfallServer server)
    {
        var ledger = await server.Api.SettledLedgerAsync(Site);
        Assert.True(ledger.Totals.Balances, ledger.ToString());
        var report = await server.Api.ReportAsync(Site, ["pageviews"], "page");
        Assert.All(report.Rows, row => Assert.Equal(EventsEach, row.Metric("pageviews")));
        return report.Rows.ToDictionary(row => row.Dimensions[0], _ => 1);
    }

    /// <summary>One batch: acknowledged whole or not.</summary>
    static async Task<HttpStatusCode> SendAsync(FootfallServer server, int batch, List<int> acknowledged)
    {
        var events = Enumerable.Range(0, EventsEach).Select(index => new
        {
            site = Site,
            url = $"https://{Site}{Sent.PageOf(batch)}",
            event_id = $"{batch}-{index}",
            visitor_id = $"visitor-{index}",
            props = new { padding = new string('x', 1_000) },
        });
        using var answer = await server.Api.SendAsync(FootfallApi.ToJson(events));
        if (answer.StatusCode == HttpStatusCode.Accepted)
            acknowledged.Add(batch);
        else
            Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, $"{(int)answer.StatusCode} without Retry-After");
        return answer.StatusCode;
    }

    static void Fill(string filler, int mebibytesLeft)
    {
        var free = new DriveInfo(Path.GetDirectoryName(filler)!).AvailableFreeSpace - (mebibytesLeft * 1024L * 1024);
        using var stream = File.Create(filler);
        var block = new byte[64 * 1024];
        for (; free > 0; free -= block.Length)
            stream.Write(block, 0, (int)Math.Min(free, block.Length));
    }
}
