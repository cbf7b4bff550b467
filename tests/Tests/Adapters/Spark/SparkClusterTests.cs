using Footfall.Adapters.DuckDb;
using Footfall.Adapters.Spark;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Servers;
using Footfall.Tests.Contracts;

namespace Footfall.Tests.Adapters.Spark;

/// <summary>A master and two workers.</summary>
[Trait("speed", "slow")]
public sealed class SparkClusterTests
{
    static readonly Site Berlin = new(1, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_worker_that_is_killed_in_mid_run_and_a_server_that_is_started_anew_change_no_answer()
    {
        var start = new DateTime(2025, 10, 20, 0, 0, 0, DateTimeKind.Utc);
        var events = Traffic.Random(31, start, start.AddDays(8), 200);
        using var folder = await FilledParquet.MakeAsync(events, seed: 3);
        await using var server = await SparkServer.StartAsync(workers: 2, "spark.sql.shuffle.partitions=2");
        using var client = new SparkClient(new SparkOptions
        {
            Address = server.Address,
            Folder = folder.Path,
            FolderForSpark = "file://" + folder.Path,
            Sessions = 1,
            Patience = TimeSpan.FromMinutes(1),
        });
        using var source = new SparkRollupSource(client, folder.Tables);
        using var expected = new DuckDbRollupSource(folder.Tables, TimeSpan.FromMinutes(1), 1, TimeProvider.System);
        var days = Enumerable.Range(0, 6).Select(day => new DateOnly(2025, 10, 21).AddDays(day)).ToList();
        var first = await source.ReadAsync(Berlin, days[..1], RollupDimensions.All, Stop);
        Assert.Equal(Slices.Text(await expected.ReadAsync(Berlin, days[..1], RollupDimensions.All, Stop)), Slices.Text(first));

        var running = source.ReadAsync(Berlin, days, RollupDimensions.All, Stop).AsTask();
        await Task.Delay(TimeSpan.FromSeconds(1.5), Stop);
        Assert.False(running.IsCompleted, "The run was over before a worker was killed.");
        await server.KillWorkerAsync(0);
        var all = Slices.Text(await expected.ReadAsync(Berlin, days, RollupDimensions.All, Stop));
        Assert.Equal(all, Slices.Text(await running));

        // The session that the source has kept is unknown to a server that is started anew.
        await server.KillConnectAsync();
        await server.StartConnectAsync("spark.sql.shuffle.partitions=2");
        Assert.Equal(Slices.Text(first), Slices.Text(await source.ReadAsync(Berlin, days[..1], RollupDimensions.All, Stop)));
    }
}
