namespace Footfall.EndToEnd.Durability;

/// <summary>A single server whose warehouse lies as Parquet files in a folder of its own.</summary>
public sealed class SharedWarehouse : IDisposable
{
    readonly DirectoryInfo _shared = Directory.CreateTempSubdirectory("footfall-shared-");

    public void Dispose() => _shared.Delete(recursive: true);

    [Fact]
    public async Task Acknowledged_events_count_once_across_kills_and_no_other_warehouse_is_made()
    {
        const string Site = "shared.example";
        await using var server = await FootfallServer.StartAsync(Options);
        await server.Api.AddSiteAsync(Site);
        var acknowledged = new HashSet<int>();
        for (var round = 0; round < 3; round++)
        {
            var load = Sent.SinglyAsync(server.Api, Site, Enumerable.Range(round * 1_000, 1_000), acknowledged);
            // In the first rounds within the gathering of a commit, or the writing of its files.
            await Task.Delay(TimeSpan.FromMilliseconds(400 + (round * 400)));
            if (round < 2)
                server.Kill();
            await load;
            if (round < 2)
                await server.StartAgainAsync();
        }
        Sent.AssertExactlyOnce(await Sent.CountedAsync(server.Api, Site), acknowledged);
        await Sent.SinglyAsync(server.Api, Site, Enumerable.Range(0, 3_000), acknowledged);
        var counted = await Sent.CountedAsync(server.Api, Site);
        Sent.AssertExactlyOnce(counted, acknowledged);
        Assert.Equal(3_000, counted.Count);
        Assert.Equal(100, await server.Api.TotalAsync(Site, "visitors"));
        Assert.NotEmpty(_shared.GetFiles("manifest-*.json", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(server.Data, "warehouse.duckdb*"));
    }

    [Fact]
    public async Task A_folder_that_is_lost_is_made_anew_from_the_log_and_one_that_is_missing_is_told()
    {
        const string Site = "lost.example";
        await using var server = await FootfallServer.StartAsync(Options);
        await server.Api.AddSiteAsync(Site);
        (await Sent.BatchAsync(server.Api, Site, Enumerable.Range(0, 300))).EnsureSuccessStatusCode().Dispose();
        var counted = await Sent.CountedAsync(server.Api, Site);
        await server.StopAsync(TimeSpan.FromSeconds(20));
        foreach (var partition in _shared.GetDirectories())
            partition.Delete(recursive: true);
        await server.StartAgainAsync();
        Assert.Equal(counted, await Sent.CountedAsync(server.Api, Site));

        await server.StopAsync(TimeSpan.FromSeconds(20));
        _shared.Delete(recursive: true);
        server.Launch();
        var began = DateTime.UtcNow;
        while (server.IsRunning && DateTime.UtcNow - began < TimeSpan.FromSeconds(20))
            await Task.Delay(50);
        Assert.False(server.IsRunning);
        Assert.Contains("does not exist; make or mount it", server.Output, StringComparison.Ordinal);
        _shared.Create();
    }

    ServerOptions Options => new()
    {
        Environment = new Dictionary<string, string> { ["FOOTFALL_WAREHOUSE_FOLDER"] = _shared.FullName, ["FOOTFALL_WAREHOUSE_COMMIT_SECONDS"] = "1" },
    };
}
