using Footfall.Adapters.DuckDb;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Pipeline;

/// <summary>Sites that another node has made, whose hits are here before the word of them.</summary>
public sealed class UnknownSiteTests : IDisposable
{
    static readonly Site First = new(1, ["site1.example"], "UTC", "EUR", SiteSettings.Default);
    static readonly Site Second = new(2, ["site2.example"], "UTC", "EUR", SiteSettings.Default);

    readonly string _folder = Directory.CreateTempSubdirectory("footfall-unknown-").FullName;
    readonly SiteDirectory _sites = new();
    int _asked;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Events_of_a_site_that_was_not_heard_of_yet_are_counted()
    {
        _sites.FollowBy(() => _sites.Load([First, Second]));
        var late = await CountAsync("late.duckdb");
        var known = new SiteDirectory();
        known.Load([First, Second]);
        Assert.Equal(await CountAsync("known.duckdb", known), late);
    }

    [Fact]
    public async Task The_catalog_is_asked_once_for_a_site_that_is_gone()
    {
        _sites.Load([First]);
        _sites.FollowBy(() => _asked++);
        await CountAsync("gone.duckdb");
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task Nothing_is_decided_while_the_catalog_cannot_be_asked()
    {
        var isAway = true;
        _sites.FollowBy(() =>
        {
            if (isAway)
                throw new TimeoutException("The database is away.");
            _sites.Load([First, Second]);
        });
        await Assert.ThrowsAsync<TimeoutException>(() => CountAsync("away.duckdb"));
        isAway = false;
        var known = new SiteDirectory();
        known.Load([First, Second]);
        Assert.Equal(await CountAsync("never.duckdb", known), await CountAsync("away.duckdb"));
    }

    Task<long> CountAsync(string file) => CountAsync(file, _sites);

    async Task<long> CountAsync(string file, SiteDirectory sites)
    {
        var log = new MemoryHitLog();
        foreach (var record in new SimulatedTraffic(seed: 7, visitors: 20).Records())
            await log.AppendAsync(0, record, Stop);
        await using var warehouse = DuckDbWarehouse.Open(Path.Combine(_folder, file), 256);
        var processor = new Processor(0, log, warehouse, sites, StillAgents.Rules, TimeProvider.System, new ProcessorOptions());
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < log.End(0).Offset)
            await processor.StepAsync(Stop);
        return (await warehouse.BooksAsync(0, Stop)).Events;
    }
}
