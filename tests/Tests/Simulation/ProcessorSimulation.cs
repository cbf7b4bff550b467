using Footfall.Adapters.DuckDb;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Simulation;

/// <summary>A day of traffic under a seed, with crashes at every step, against a recount from scratch.</summary>
public sealed class ProcessorSimulation : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-sim").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Visits_equal_a_recount_whatever_the_order_of_arrival_and_the_crashes(int seed)
    {
        var traffic = new SimulatedTraffic(seed);
        var (visits, ledger, events) = await ReplayAsync(traffic, new Random(seed), crashEvery: 7, visitorsMax: seed % 2 == 0 ? 40 : 100_000);

        var expected = NaiveVisits.Recount(traffic.Deliveries);
        Assert.Equal(expected, visits);
        Assert.Equal(expected.Sum(visit => visit.Events), events);
        AssertBalanced(traffic, expected, ledger);
    }

    static void AssertBalanced(SimulatedTraffic traffic, List<NaiveVisit> expected, Dictionary<string, long> ledger)
    {
        Assert.Equal(traffic.Deliveries.Count, ledger[Outcomes.Accepted]);
        Assert.Equal(expected.Where(visit => !visit.IsBot).Sum(visit => visit.Events), ledger[Outcomes.Counted]);
        Assert.Equal(expected.Where(visit => visit.IsBot).Sum(visit => visit.Events), ledger[Outcomes.Bot]);
        Assert.Equal(ledger[Outcomes.Accepted], ledger[Outcomes.Counted] + ledger[Outcomes.Bot] + ledger[Outcomes.Duplicate]);
    }

    async Task<(List<NaiveVisit> Visits, Dictionary<string, long> Ledger, long Events)> ReplayAsync(
        SimulatedTraffic traffic, Random random, int crashEvery, int visitorsMax)
    {
        var log = new MemoryHitLog();
        foreach (var record in traffic.Records())
            await log.AppendAsync(0, record, TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder, "warehouse.duckdb");
        var warehouse = DuckDbWarehouse.Open(path, 256);
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start));
        while (true)
        {
            var processor = new Processor(
                0, log, new FaultyWarehouse(warehouse, () => random.Next(crashEvery) == 0), SimulatedTraffic.Sites(), StillAgents.Rules, clock,
                new ProcessorOptions { BatchBytesMax = 20_000, CompactEvery = random.Next(1, 200), VisitorsMax = visitorsMax });
            try
            {
                await processor.OpenAsync(TestContext.Current.CancellationToken);
                while (processor.Position.Offset < log.End(0).Offset)
                {
                    await processor.StepAsync(TestContext.Current.CancellationToken);
                    clock.SetUtcNow(processor.CompleteUntil > clock.GetUtcNow() ? processor.CompleteUntil : clock.GetUtcNow());
                }
                break;
            }
            catch (CrashException)
            {
                // The next process opens what the last one left.
                await warehouse.DisposeAsync();
                warehouse = DuckDbWarehouse.Open(path, 256);
            }
        }
        var result = (ReadVisits(warehouse), await ReadLedgerAsync(warehouse), CountEvents(warehouse));
        await warehouse.DisposeAsync();
        return result;
    }

    static List<NaiveVisit> ReadVisits(DuckDbWarehouse warehouse)
    {
        using var reader = warehouse.Connect();
        using var command = reader.CreateCommand();
        command.CommandText = """
            SELECT site, visitor, bot IS NOT NULL, epoch_ms(started_at), epoch_ms(ended_at), pageviews, events, entry_page, exit_page, source
            FROM visits_all ORDER BY site, visitor, started_at, ended_at, events
            """;
        using var rows = command.ExecuteReader();
        var visits = new List<NaiveVisit>();
        while (rows.Read())
        {
            visits.Add(new NaiveVisit(
                rows.GetInt32(0), rows.GetFieldValue<ulong>(1), rows.GetBoolean(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt32(5), rows.GetInt32(6),
                rows.IsDBNull(7) ? null : rows.GetString(7), rows.IsDBNull(8) ? null : rows.GetString(8), rows.GetString(9)));
        }
        return visits;
    }

    static long CountEvents(DuckDbWarehouse warehouse)
    {
        using var reader = warehouse.Connect();
        using var command = reader.CreateCommand();
        // Joined, so that an event whose visit is not there is missed.
        command.CommandText = "SELECT count(*) FROM events_all e JOIN visits_all v ON e.site = v.site AND e.visit = v.visit AND e.occurred_at BETWEEN v.started_at AND v.ended_at";
        return (long)command.ExecuteScalar()!;
    }

    static async Task<Dictionary<string, long>> ReadLedgerAsync(DuckDbWarehouse warehouse)
    {
        var lines = new List<LedgerLine>();
        foreach (var site in (int[])[1, 2])
            lines.AddRange(await warehouse.LedgerAsync(site, 0, long.MaxValue / 2000, TestContext.Current.CancellationToken));
        return lines.GroupBy(line => line.Outcome).ToDictionary(group => group.Key, group => group.Sum(line => line.Hits));
    }
}
