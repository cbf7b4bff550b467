using Footfall.Core.Enrichment;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Pipeline;

public sealed class SetAsideTests : IAsyncDisposable
{
    readonly MemoryHitLog _log = new();
    readonly MemoryWarehouse _warehouse = new();
    readonly SimulatedTraffic _traffic = new(seed: 3, visitors: 20);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _warehouse.DisposeAsync();
        await _log.DisposeAsync();
    }

    [Fact]
    public async Task A_hit_on_which_a_step_fails_is_set_aside_alone_with_its_reason()
    {
        using var processor = await WorkOffAsync(() => new FormatException("no such device"));
        var bots = _traffic.Deliveries.Count(sent => sent.IsBot);
        var aside = await ListedAsync();
        Assert.Equal((bots, bots), (aside.Count, processor.SetAside));
        Assert.All(aside, hit => Assert.Equal("FormatException: no such device", hit.Reason));
        Assert.Equal(aside.Count, aside.Select(hit => (hit.Offset, hit.Index)).Distinct().Count());
        Assert.Equal(_warehouse.Position, _log.End(0));
        var ledger = await LedgerAsync();
        Assert.Equal(bots, ledger[Outcomes.SetAside]);
        Assert.Equal(_traffic.Deliveries.Count, ledger[Outcomes.Counted] + ledger[Outcomes.Duplicate] + ledger[Outcomes.SetAside]);
        Assert.Equal(_traffic.Deliveries.Where(sent => !sent.IsBot).DistinctBy(sent => sent.Id).Count(), ledger[Outcomes.Counted]);
    }

    [Fact]
    public async Task A_fault_that_does_not_come_again_costs_nothing()
    {
        var calls = 0;
        using var _ = await WorkOffAsync(() => ++calls % 3 == 0 ? null : new FormatException("now and then"));
        Assert.Empty(await ListedAsync());
        Assert.Equal(_traffic.Deliveries.Where(sent => sent.IsBot).DistinctBy(sent => sent.Id).Count(), (await LedgerAsync())[Outcomes.Bot]);
    }

    [Theory]
    [InlineData(typeof(OutOfMemoryException))]
    [InlineData(typeof(ObjectDisposedException))]
    public async Task What_the_machine_fails_at_sets_nothing_aside(Type fault)
    {
        await Assert.ThrowsAsync(fault, () => WorkOffAsync(() => (Exception)Activator.CreateInstance(fault, "the machine")!));
        Assert.Empty(await ListedAsync());
    }

    [Fact]
    public async Task A_warehouse_that_fails_sets_nothing_aside()
    {
        await FillAsync();
        using var processor = NewProcessor(StillAgents.Rules, new FaultyWarehouse(_warehouse, () => true));
        await processor.OpenAsync(Stop);
        await Assert.ThrowsAsync<CrashException>(() => processor.StepAsync(Stop).AsTask());
        Assert.Empty(await ListedAsync());
        Assert.Equal(0, _warehouse.Position.Offset);
    }

    [Fact]
    public async Task A_hit_that_fails_again_stays_listed_with_its_new_reason_and_one_that_is_gone_says_so()
    {
        using var _ = await WorkOffAsync(() => new FormatException("first"));
        var before = await ListedAsync();
        var gone = before[0].Offset;
        _log.Damaged.Add(gone);
        using var again = NewProcessor(new FailingAgents(() => new NotSupportedException("second")).Rules, _warehouse);
        await again.OpenAsync(Stop);
        Assert.Equal(new ReplayedHits(0, before.Count), await again.ReplaySetAsideAsync(site: null, Stop));
        var after = await ListedAsync();
        Assert.Equal(before.Select(hit => (hit.Id, hit.Offset, hit.Index, hit.Sequence)), after.Select(hit => (hit.Id, hit.Offset, hit.Index, hit.Sequence)));
        Assert.All(after, hit => Assert.Equal(hit.Offset == gone ? "Its raw hit is not in the history any more." : "NotSupportedException: second", hit.Reason));
        Assert.Equal((before.Count, before.Count), ((await LedgerAsync())[Outcomes.SetAside], again.SetAside));
    }

    [Fact]
    public async Task One_site_is_replayed_without_the_others()
    {
        using var _ = await WorkOffAsync(() => new FormatException("first"));
        var before = await ListedAsync();
        Assert.Equal([1, 2], before.Select(hit => hit.Site).Distinct().Order());
        using var healed = NewProcessor(StillAgents.Rules, _warehouse);
        await healed.OpenAsync(Stop);
        Assert.Equal(new ReplayedHits(before.Count(hit => hit.Site == 2), 0), await healed.ReplaySetAsideAsync(site: 2, Stop));
        Assert.Equal(before.Where(hit => hit.Site == 1), await ListedAsync());
    }

    async Task<Processor> WorkOffAsync(Func<Exception?> fault)
    {
        await FillAsync();
        var processor = NewProcessor(new FailingAgents(fault).Rules, _warehouse);
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < _log.End(0).Offset)
            await processor.StepAsync(Stop);
        return processor;
    }

    async Task FillAsync()
    {
        foreach (var record in _traffic.Records())
            await _log.AppendAsync(0, record, Stop);
    }

    Processor NewProcessor(EnrichmentRules rules, IWarehouse warehouse) =>
        new(0, _log, warehouse, SimulatedTraffic.Sites(), rules, TimeProvider.System, new ProcessorOptions { BatchBytesMax = 20_000 });

    async Task<IReadOnlyList<SetAsideHit>> ListedAsync() => await _warehouse.SetAsideAsync(0, site: null, (-1, 0), 10_000, Stop);

    async Task<Dictionary<string, long>> LedgerAsync() =>
        (await _warehouse.BooksAsync(0, Stop)).Outcomes.GroupBy(sum => sum.Outcome).ToDictionary(sum => sum.Key, sum => sum.Sum(one => one.Hits));
}
