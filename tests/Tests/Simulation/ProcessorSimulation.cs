using DuckDB.NET.Data;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;
using Footfall.Tests.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Simulation;

/// <summary>A day of traffic under a seed, with crashes at every step, against a recount from scratch. A subclass per warehouse.</summary>
public abstract class ProcessorSimulation
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Visits_equal_a_recount_whatever_the_order_of_arrival_and_the_crashes(int seed)
    {
        var traffic = new SimulatedTraffic(seed, Visitors);
        var (visits, ledger, events, uneven) = await ReplayAsync(traffic, new Random(seed), crashEvery: 7, visitorsMax: seed % 2 == 0 ? 40 : 100_000);

        var expected = NaiveVisits.Recount(traffic.Deliveries);
        Assert.Equal(expected, visits);
        Assert.Equal(expected.Sum(visit => visit.Events), events);
        Assert.Equal(0, uneven);
        AssertBalanced(traffic, expected, ledger);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task What_a_step_fails_on_is_set_aside_and_counts_once_when_it_is_replayed(int seed)
    {
        var (traffic, fails) = (new SimulatedTraffic(seed, Visitors / 2), true);
        var rules = new FailingAgents(() => fails ? new FormatException("a bot") : null).Rules;
        var aside = 0L;
        var (visits, ledger, events, uneven) = await ReplayAsync(traffic, new Random(seed), crashEvery: 7, visitorsMax: 100_000, rules, async processor =>
        {
            aside = Math.Max(aside, processor.SetAside);
            fails = false;
            await processor.ReplaySetAsideAsync(site: null, TestContext.Current.CancellationToken);
        });

        Assert.Equal(traffic.Deliveries.Count(sent => sent.IsBot), aside);
        var expected = NaiveVisits.Recount(traffic.Deliveries);
        Assert.Equal(expected, visits);
        Assert.Equal(expected.Sum(visit => visit.Events), events);
        Assert.Equal(0, uneven);
        Assert.Equal(0, ledger[Outcomes.SetAside]);
        AssertBalanced(traffic, expected, ledger);
    }

    /// <summary>Of how many there is traffic: as much as is done in seconds.</summary>
    protected virtual int Visitors => 120;

    /// <summary>Opens what the last process left.</summary>
    /// <param name="random">Decides when the disk fails, where a disk can be made to fail.</param>
    protected abstract IWarehouse Open(Random random);

    protected abstract DuckDBConnection Connect(IWarehouse warehouse);

    static void AssertBalanced(SimulatedTraffic traffic, List<NaiveVisit> expected, Dictionary<string, long> ledger)
    {
        Assert.Equal(traffic.Deliveries.Count, ledger[Outcomes.Accepted]);
        Assert.Equal(expected.Where(visit => !visit.IsBot).Sum(visit => visit.Events), ledger[Outcomes.Counted]);
        Assert.Equal(expected.Where(visit => visit.IsBot).Sum(visit => visit.Events), ledger[Outcomes.Bot]);
        Assert.Equal(ledger[Outcomes.Accepted], ledger[Outcomes.Counted] + ledger[Outcomes.Bot] + ledger[Outcomes.Duplicate]);
    }

    async Task<(List<NaiveVisit> Visits, Dictionary<string, long> Ledger, long Events, long Uneven)> ReplayAsync(
        SimulatedTraffic traffic, Random random, int crashEvery, int visitorsMax, EnrichmentRules? rules = null, Func<Processor, Task>? atEnd = null)
    {
        var log = new MemoryHitLog();
        // As an archive would, and the log as if it were one with it.
        await log.ReleaseAsync("archive", new LogPosition(0, 0), TestContext.Current.CancellationToken);
        foreach (var record in traffic.Records())
            await log.AppendAsync(0, record, TestContext.Current.CancellationToken);
        var warehouse = Open(random);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start));
        while (true)
        {
            var processor = new Processor(
                0, log, new FaultyWarehouse(warehouse, () => random.Next(crashEvery) == 0), SimulatedTraffic.Sites(), rules ?? StillAgents.Rules, clock,
                new ProcessorOptions { BatchBytesMax = 20_000, CompactEvery = random.Next(1, 200), VisitorsMax = visitorsMax });
            try
            {
                await processor.OpenAsync(TestContext.Current.CancellationToken);
                while (processor.Position.Offset < log.End(0).Offset)
                {
                    await processor.StepAsync(TestContext.Current.CancellationToken);
                    clock.SetUtcNow(processor.CompleteUntil > clock.GetUtcNow() ? processor.CompleteUntil : clock.GetUtcNow());
                }
                if (atEnd is not null)
                    await atEnd(processor);
                break;
            }
            catch (CrashException)
            {
                // The next process opens what the last one left.
                await warehouse.DisposeAsync();
                warehouse = Open(random);
            }
        }
        await using (warehouse)
        {
            using var reader = Connect(warehouse);
            return (WarehouseRows.Visits(reader), await ReadLedgerAsync(warehouse), WarehouseRows.CountEvents(reader), WarehouseRows.CountUneven(reader));
        }
    }

    static async Task<Dictionary<string, long>> ReadLedgerAsync(IWarehouse warehouse)
    {
        var lines = new List<LedgerLine>();
        foreach (var site in (int[])[1, 2])
            lines.AddRange(await warehouse.LedgerAsync(site, 0, long.MaxValue / 2000, TestContext.Current.CancellationToken));
        return lines.GroupBy(line => line.Outcome).ToDictionary(group => group.Key, group => group.Sum(line => line.Hits));
    }
}
