using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Pipeline;

/// <summary>A record that every step takes and the warehouse does not.</summary>
public sealed class PoisonedRecordTests : IAsyncDisposable
{
    const ulong Guilty = 7;

    static readonly ProcessorOptions Options = new() { Retry = TimeSpan.FromMilliseconds(1), Gather = TimeSpan.Zero };

    readonly MemoryHitLog _log = new();
    readonly MemoryWarehouse _warehouse = new();
    readonly SimulatedTraffic _traffic = new(seed: 5, visitors: 30);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _warehouse.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task Its_hits_are_set_aside_with_the_reason_and_all_others_are_counted()
    {
        await WorkOffAsync(batch => batch.Events.Any(taken => taken.Visitor == Guilty) ? new FormatException("no such row") : null);
        var aside = await _warehouse.SetAsideAsync(0, site: null, (-1, 0), 10_000, Stop);
        Assert.All(aside, hit => Assert.Equal("FormatException: no such row", hit.Reason));
        var ledger = (await _warehouse.BooksAsync(0, Stop)).Outcomes.GroupBy(sum => sum.Outcome).ToDictionary(sum => sum.Key, sum => sum.Sum(one => one.Hits));
        var guilty = _traffic.Deliveries.Count(sent => sent.Visitor == Guilty);
        // A record is a request: what was sent with a bad event goes with it.
        Assert.InRange(ledger[Outcomes.SetAside], guilty, guilty * 8);
        Assert.Equal(aside.Count, ledger[Outcomes.SetAside]);
        Assert.Equal(_traffic.Deliveries.Count, ledger.Where(line => line.Key != Outcomes.Accepted).Sum(line => line.Value));
    }

    [Fact]
    public async Task What_a_warehouse_fails_at_for_a_while_is_not_the_records_fault()
    {
        var commits = 0;
        // It is back before an attempt with the record, and not in the moment between that and the one without.
        await WorkOffAsync(batch => ++commits > 3 && (commits < 60 || batch.SetAside.Count > 0) ? new FormatException("away") : null);
        Assert.Equal(0, await _warehouse.CountSetAsideAsync(0, site: null, Stop));
        Assert.Equal(_traffic.Deliveries.DistinctBy(sent => sent.Id).Count(), (await _warehouse.BooksAsync(0, Stop)).Events);
    }

    async Task WorkOffAsync(Func<WarehouseBatch, Exception?> fault)
    {
        foreach (var record in _traffic.Records())
            await _log.AppendAsync(0, record, Stop);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        using var processor = new Processor(
            0, _log, new FaultyWarehouse(_warehouse, () => false) { Refuses = fault }, SimulatedTraffic.Sites(), StillAgents.Rules, TimeProvider.System, Options);
        var running = processor.RunAsync(_ => { }, enough.Token);
        while (_warehouse.Position.Offset < _log.End(0).Offset)
            await Task.Delay(5, Stop);
        await enough.CancelAsync();
        await running;
    }
}
