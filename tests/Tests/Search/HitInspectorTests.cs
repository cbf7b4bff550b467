using Footfall.Core.Hits;
using Footfall.Core.Pipeline;
using Footfall.Core.Search;
using Footfall.Core.Warehouse;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Archive;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Search;

/// <summary>What the inspector finds again must be what processing wrote into the ledger, hit by hit.</summary>
public sealed class HitInspectorTests : IDisposable
{
    readonly ArchiveScratch _folder = new();
    readonly MemoryHitLog _log = new();
    readonly MemoryWarehouse _warehouse = new();
    readonly HitInspector _inspector;

    public HitInspectorTests() => _inspector = new HitInspector(
        new HistoryIndex(_log, _folder.Open(), [0]), SimulatedTraffic.Sites(), StillAgents.Rules, _warehouse,
        async (partition, cancellation) => (await _warehouse.StateAsync(partition, cancellation)).Position);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Outcomes_add_up_to_the_ledger_and_every_counted_hit_is_in_a_visit_of_its_own_visitor()
    {
        await FillAsync();
        await ProcessAsync();
        foreach (var site in (int[])[1, 2])
        {
            var hits = await AllAsync(site, outcome: null);
            var ledger = (await _warehouse.LedgerAsync(site, 0, long.MaxValue, Stop)).Where(line => line.Outcome != Outcomes.Accepted)
                .GroupBy(line => line.Outcome, StringComparer.Ordinal).ToDictionary(lines => lines.Key, lines => lines.Sum(line => line.Hits));
            Assert.Equal([Outcomes.Bot, Outcomes.Counted, Outcomes.Duplicate, "refused:do_not_track"], ledger.Keys.Order(StringComparer.Ordinal));
            Assert.Equal(ledger.OrderBy(sum => sum.Key, StringComparer.Ordinal), Sums(hits));
            Assert.All(hits, hit => Assert.Equal(hit.Outcome is Outcomes.Counted or Outcomes.Bot, hit.Visit is not null));
            var visits = _warehouse.Events.Where(row => row.Site == site).ToLookup(row => row.Visit, row => row.Visitor);
            Assert.All(hits.Where(hit => hit.Visit is not null), hit => Assert.Contains(hit.Hit.Hit.Visitor, visits[hit.Visit!.Value]));
        }
    }

    [Theory]
    [InlineData(Outcomes.Duplicate)]
    [InlineData(Outcomes.Bot)]
    [InlineData("refused:do_not_track")]
    public async Task An_outcome_can_be_searched_for_page_by_page(string outcome)
    {
        await FillAsync();
        await ProcessAsync();
        var wanted = (await AllAsync(1, outcome: null)).Where(hit => hit.Outcome == outcome).Select(hit => hit.Hit.Id).ToList();
        Assert.InRange(wanted.Count, 8, int.MaxValue);
        Assert.Equal(wanted, (await AllAsync(1, outcome, limit: 7)).Select(hit => hit.Hit.Id));
    }

    [Fact]
    public async Task What_is_not_worked_off_is_pending_and_what_was_forgotten_is_no_duplicate()
    {
        await FillAsync();
        var before = await AllAsync(1, outcome: null);
        Assert.All(before.Where(hit => hit.Hit.Hit.Refusal is null), hit => Assert.Equal(HitInspector.Pending, hit.Outcome));
        await _log.AppendAsync(0, RawHits.Encode(new HitBatch(Guid.CreateVersion7(), SimulatedTraffic.Start, "", [WithoutId()])), Stop);
        await ProcessAsync();
        await _warehouse.ForgetAsync(0, 1, WithoutId().Visitor, Stop);
        var query = new HitQuery(1) { Visitor = WithoutId().Visitor };
        Assert.Equal(HitInspector.Absent, Assert.Single((await _inspector.SearchAsync(query, null, Stop)).Hits).Outcome);
    }

    static Hit WithoutId() => new()
    {
        Site = 1,
        Visitor = 999,
        Protocol = HitProtocol.Native,
        UserAgent = "browser",
        Payload = """{"name":"pageview","url":"https://site1.example/"}"""u8.ToArray(),
    };

    static IEnumerable<KeyValuePair<string, long>> Sums(IEnumerable<InspectedHit> hits) =>
        hits.GroupBy(hit => hit.Outcome, StringComparer.Ordinal).Select(same => KeyValuePair.Create(same.Key, (long)same.Count())).OrderBy(sum => sum.Key, StringComparer.Ordinal);

    async Task<List<InspectedHit>> AllAsync(int site, string? outcome, int limit = 200)
    {
        var (all, query) = (new List<InspectedHit>(), new HitQuery(site) { Limit = limit });
        while (true)
        {
            var page = await _inspector.SearchAsync(query, outcome, Stop);
            all.AddRange(page.Hits);
            if (page.Next is null)
                return all;
            query = query with { Before = page.Next };
        }
    }

    /// <summary>Simulated traffic, its batches with ids of their own, and now and then a hit that the collector refused.</summary>
    async Task FillAsync()
    {
        var number = 0;
        foreach (var record in new SimulatedTraffic(seed: 11, visitors: 60).Records())
        {
            var batch = HitBatchCodec.Read(record);
            var refused = new Hit { Site = 1 + (number % 2), Refusal = "do_not_track", UserAgent = "" };
            await _log.AppendAsync(0, RawHits.Encode(batch with
            {
                FirstId = Guid.CreateVersion7(DateTimeOffset.FromUnixTimeMilliseconds(batch.ReceivedAt)),
                Hits = number++ % 5 == 0 ? [.. batch.Hits, refused] : batch.Hits,
            }), Stop);
        }
    }

    async Task ProcessAsync()
    {
        var processor = new Processor(0, _log, _warehouse, SimulatedTraffic.Sites(), StillAgents.Rules, TimeProvider.System, new ProcessorOptions());
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < _log.End(0).Offset)
            await processor.StepAsync(Stop);
    }
}
