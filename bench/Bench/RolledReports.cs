using System.Diagnostics;
using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Bench;

/// <summary>Rollups of all days of one site, made by the maker itself, and the ways to ask them.</summary>
sealed class RolledReports : IDisposable
{
    const long MemoryMost = 2L << 30;

    readonly DuckDbReportEngine _engine;
    readonly DuckDbRollupSource _source;
    readonly DuckDbRollupStore _store;

    RolledReports(DuckDbReportEngine engine, DuckDbRollupSource source, DuckDbRollupStore store)
    {
        (_engine, _source, _store, Memory) = (engine, source, store, new RollupMemory(store, MemoryMost));
        Warm = Over(Memory);
        Kept = new CachedReportEngine(Warm, new UnboundedCache(), new LiveDataVersions("bench"), () => "bench");
    }

    public RollupMemory Memory { get; }

    public RollupReportEngine Warm { get; }

    public CachedReportEngine Kept { get; }

    public int Days { get; private set; }

    public double Seconds { get; private set; }

    public long Bytes { get; private set; }

    public static async Task<RolledReports> MakeAsync(Func<DuckDBConnection> open, DuckDbReportEngine engine, Site site)
    {
        var rolled = new RolledReports(
            engine, new DuckDbRollupSource(open, TimeSpan.FromMinutes(5), 2, TimeProvider.System), new DuckDbRollupStore(open));
        var sites = new SiteDirectory();
        sites.Load([site]);
        var maker = new RollupMaker(rolled._source, rolled._store, sites, TimeProvider.System, new RollupMakerOptions { Rest = 0 });
        var watch = Stopwatch.StartNew();
        rolled.Days = await maker.MakeAsync(site.Id, CancellationToken.None);
        rolled.Seconds = watch.Elapsed.TotalSeconds;
        foreach (var dimension in RollupDimensions.All.Select(known => known.Id).Append(RollupDimensions.Whole))
        {
            var slices = await rolled._store.SlicesAsync(site.Id, dimension, DateOnly.MinValue, DateOnly.MaxValue, CancellationToken.None);
            rolled.Bytes += slices.Sum(slice => (long)slice.Bytes.Length);
        }
        return rolled;
    }

    public async Task RunColdAsync(ReportQuery query)
    {
        using var memory = new RollupMemory(_store, MemoryMost);
        await Over(memory).RunAsync(query, CancellationToken.None);
    }

    public void Dispose()
    {
        Memory.Dispose();
        _store.Dispose();
        _source.Dispose();
    }

    RollupReportEngine Over(RollupMemory memory) => new(_engine, _source, _store, memory, () => "bench", TimeProvider.System);
}
