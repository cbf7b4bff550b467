using System.Globalization;
using Footfall.Core.Pipeline;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Simulation;

/// <summary>
/// Thousands of small stretches of traffic, each with its own crashes, restarts, rebuilds from nothing, memory too small for its
/// visitors, and clock; all in memory, each the same under its number. FOOTFALL_SCHEDULES=N runs N of them, FOOTFALL_SCHEDULE=S the one numbered S.
/// </summary>
[Trait("speed", "slow")]
public sealed class Schedules
{
    const int CountInSuite = 8_000;

    [Fact]
    public async Task Whatever_happens_in_whatever_order_the_numbers_are_those_of_a_recount()
    {
        if (Number("FOOTFALL_SCHEDULE") is { } one)
        {
            await RunAsync(one);
            return;
        }
        await Parallel.ForEachAsync(Enumerable.Range(1, Number("FOOTFALL_SCHEDULES") ?? CountInSuite), TestContext.Current.CancellationToken, async (schedule, _) =>
        {
            try
            {
                await RunAsync(schedule);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                throw new InvalidOperationException($"FOOTFALL_SCHEDULE={schedule} repeats this: {failure.Message}", failure);
            }
        });
    }

    static async Task RunAsync(int schedule)
    {
        var random = new Random(schedule);
        var traffic = new SimulatedTraffic(schedule, visitors: random.Next(1, 12), runs: random.Next(1, 5));
        var log = new MemoryHitLog();
        // Nothing is deleted, so that a warehouse that is lost can be made again.
        await log.ReleaseAsync("archive", log.Start(0), default);
        foreach (var record in traffic.Records())
            await log.AppendAsync(0, record, default);

        var first = await ReplayAsync(log, random);
        await CompareAsync(traffic, first);
        // A history read again by a process that lives through other things comes to the same.
        var again = await ReplayAsync(log, random);
        Assert.Equal(VisitsOf(first), VisitsOf(again));
        Assert.Equal(
            first.Events.Select(row => (row.Sequence, row.OccurredAt, row.Page)), again.Events.Select(row => (row.Sequence, row.OccurredAt, row.Page)));
    }

    /// <summary>From the start of the log to its end, whatever comes between.</summary>
    static async Task<MemoryWarehouse> ReplayAsync(MemoryHitLog log, Random random)
    {
        var warehouse = new MemoryWarehouse();
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start));
        var crashEvery = random.Next(3, 30);
        while (true)
        {
            var processor = new Processor(
                0, log, new FaultyWarehouse(warehouse, () => random.Next(crashEvery) == 0), SimulatedTraffic.Sites(), StillAgents.Rules, clock,
                new ProcessorOptions
                {
                    BatchBytesMax = random.Next(1, 8_000),
                    CompactEvery = random.Next(1, 60),
                    VisitorsMax = random.Next(2) == 0 ? random.Next(2, 8) : 1_000,
                    MergeVisitsAfter = TimeSpan.FromMinutes(random.Next(1, 120)),
                    MergeVisitsEvery = TimeSpan.FromMinutes(random.Next(1, 30)),
                });
            try
            {
                await processor.OpenAsync(default);
                while (processor.Position.Offset < log.End(0).Offset)
                {
                    await processor.StepAsync(default);
                    SetClock(clock, processor.CompleteUntil, random);
                }
                return warehouse;
            }
            catch (CrashException)
            {
                if (random.Next(40) == 0)
                    warehouse = new MemoryWarehouse();
            }
        }
    }

    /// <summary>The clock follows what is received, now and then by a jump of up to an hour that is made good later.</summary>
    static void SetClock(FakeTimeProvider clock, DateTimeOffset received, Random random)
    {
        var now = random.Next(8) == 0 ? received.AddMinutes(random.Next(0, 61)) : received;
        if (now > clock.GetUtcNow())
            clock.SetUtcNow(now);
    }

    internal static async Task CompareAsync(SimulatedTraffic traffic, MemoryWarehouse warehouse)
    {
        var expected = NaiveVisits.Recount(traffic.Deliveries);
        Assert.Equal(expected, VisitsOf(warehouse));
        Assert.Equal(expected.Sum(visit => visit.Events), warehouse.Events.Count);
        // The rows of a visit are its parts' sums: reports rely on it.
        Assert.All(warehouse.Visits, parts => Assert.Equal(
            parts.Sum(part => part.Events), warehouse.Events.Count(row => row.Site == parts.Key.Site && row.Visit == parts.Key.Visit)));
        var sums = (await warehouse.BooksAsync(0, default)).Outcomes.GroupBy(sum => sum.Outcome).ToDictionary(sum => sum.Key, sum => sum.Sum(one => one.Hits));
        Assert.Equal(traffic.Deliveries.Count, sums[Outcomes.Accepted]);
        Assert.Equal(expected.Where(visit => visit.IsBot).Sum(visit => visit.Events), sums.GetValueOrDefault(Outcomes.Bot));
        Assert.Equal(expected.Where(visit => !visit.IsBot).Sum(visit => visit.Events), sums.GetValueOrDefault(Outcomes.Counted));
        Assert.Equal(traffic.Deliveries.Count - warehouse.Events.Count, sums.GetValueOrDefault(Outcomes.Duplicate));
    }

    static List<NaiveVisit> VisitsOf(MemoryWarehouse warehouse)
    {
        var visits = warehouse.Visits.Select(Merge).ToList();
        visits.Sort(NaiveVisit.Compare);
        return visits;
    }

    static NaiveVisit Merge(IGrouping<(int Site, long Visit), VisitPart> parts)
    {
        var first = parts.MinBy(part => part.FirstOrder)!;
        return new NaiveVisit(
            first.Site, first.Visitor, first.Bot is not null, parts.Min(part => part.StartedAt), parts.Max(part => part.EndedAt),
            parts.Sum(part => part.PageViews), parts.Sum(part => part.Events),
            parts.MinBy(part => part.EntryOrder)!.EntryPage, parts.MaxBy(part => part.ExitOrder)!.ExitPage, first.First!.Source.Source);
    }

    static int? Number(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
