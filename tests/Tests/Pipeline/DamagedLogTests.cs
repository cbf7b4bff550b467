using Footfall.Adapters.DuckDb;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Pipeline;

public sealed class DamagedLogTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-damage-").FullName;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Damaged_records_cost_themselves_alone_and_are_told_also_after_a_restart()
    {
        var log = new MemoryHitLog();
        var ends = new List<long>();
        foreach (var record in new SimulatedTraffic(seed: 7, visitors: 20).Records())
            ends.Add((await log.AppendAsync(0, record, Stop)).Offset);
        var all = await CountAsync(log, "all.duckdb");
        Assert.Empty(all.Damage);

        log.Damaged.UnionWith([ends[2], ends[3], ends[10], ends[^2]]);
        var left = await CountAsync(log, "left.duckdb");
        Assert.Equal([(ends[2], ends[3]), (ends[3], ends[4]), (ends[10], ends[11]), (ends[^2], ends[^1])], left.Damage.Select(one => (one.Start, one.End)));
        Assert.InRange(left.Events, all.Events - (4 * 8), all.Events - 1);

        await using var again = DuckDbWarehouse.Open(Path.Combine(_folder, "left.duckdb"), 256);
        Assert.Equal(left.Damage, again.Damage());
        Assert.Equal(ends[^1], again.PositionOf(0).Offset);
    }

    [Fact]
    public async Task A_record_that_is_whole_and_says_nothing_is_told_and_stops_nobody()
    {
        var log = new MemoryHitLog();
        var records = new SimulatedTraffic(seed: 7, visitors: 20).Records().ToList();
        foreach (var record in records[..5])
            await log.AppendAsync(0, record, Stop);
        var start = log.End(0).Offset;
        await log.AppendAsync(0, "not a batch of hits"u8.ToArray(), Stop);
        var end = log.End(0).Offset;
        foreach (var record in records[5..])
            await log.AppendAsync(0, record, Stop);

        var (events, damage) = await CountAsync(log, "unreadable.duckdb");
        Assert.Equal((start, end), (Assert.Single(damage).Start, damage[0].End));
        var whole = new MemoryHitLog();
        foreach (var record in records)
            await whole.AppendAsync(0, record, Stop);
        Assert.Equal((await CountAsync(whole, "whole.duckdb")).Events, events);
    }

    async Task<(long Events, IReadOnlyList<LogDamage> Damage)> CountAsync(MemoryHitLog log, string file)
    {
        var sites = new SiteDirectory();
        sites.Load([new Site(1, ["site1.example"], "UTC", "EUR", SiteSettings.Default), new Site(2, ["site2.example"], "UTC", "EUR", SiteSettings.Default)]);
        await using var warehouse = DuckDbWarehouse.Open(Path.Combine(_folder, file), 256);
        var processor = new Processor(0, log, warehouse, sites, StillAgents.Rules, TimeProvider.System, new ProcessorOptions());
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < log.End(0).Offset)
            await processor.StepAsync(Stop);
        return ((await warehouse.BooksAsync(0, Stop)).Events, warehouse.Damage());
    }
}
