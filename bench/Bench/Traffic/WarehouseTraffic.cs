using System.Globalization;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Warehouse;

namespace Footfall.Bench.Traffic;

/// <summary>
/// Batches as a processor makes them: visits of four events over 90 days, site 1 with half of them and 200 others with the rest, an event in a
/// hundred late for its visit. The same every time.
/// </summary>
static class WarehouseTraffic
{
    public const int Sites = 201;
    const long DayMilliseconds = 86_400_000;
    const int EventsEach = 20_000;

    static readonly long Start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    /// <param name="partition">Of so many; a visitor is in one of them.</param>
    public static IEnumerable<WarehouseBatch> Batches(int events, int partition, int partitions)
    {
        var visits = events / 4;
        WarehouseBatch? batch = null;
        for (var visit = partition; visit < visits; visit += partitions)
        {
            batch ??= new WarehouseBatch { Position = new LogPosition(partition, 0), NextSequence = 0, NextVisit = 0, CompleteUntil = 0 };
            var at = Start + (long)(90.0 * DayMilliseconds * visit / visits);
            for (var place = 0; place < 4; place++)
                Add(batch, Made(visit, place, at, partition));
            if (visit % 100 < partitions && visit > visits / 90)
                AddLate(batch, visit - (visits / 90), visits, partition, partitions);
            if (batch.Events.Count < EventsEach / partitions && visit + partitions < visits)
                continue;
            batch.Position = new LogPosition(partition, visit + 1);
            (batch.NextSequence, batch.NextVisit, batch.CompleteUntil) = (Number(partition, (visit + 1) * 8L), Number(partition, visit + 1), at);
            yield return batch;
            batch = null;
        }
    }

    /// <summary>A day late, for a visit that was merged.</summary>
    static void AddLate(WarehouseBatch batch, int visit, int visits, int partition, int partitions)
    {
        visit -= (visit - partition) % partitions;
        var late = Made(visit, 4, Start + (long)(90.0 * DayMilliseconds * visit / visits), partition);
        batch.Reopened.Add(late.Visit);
        Add(batch, late);
    }

    static void Add(WarehouseBatch batch, Event made)
    {
        batch.Events.Add(made);
        batch.PartOf(made).Add(made);
        batch.Keys.Add((((UInt128)(ulong)made.Sequence * 0x9E3779B97F4A7C15) << 32, DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(made.ReceivedAt))));
        batch.Count(made.Site, made.ReceivedAt, Outcomes.Accepted);
        batch.Count(made.Site, made.ReceivedAt, Outcomes.Counted);
        batch.Activity[made.Site] = new SiteActivity(made.ReceivedAt, made.ReceivedAt);
    }

    static Event Made(int visit, int place, long at, int partition)
    {
        var random = new Random((visit * 8) + place);
        var of = new Random(visit);
        var site = of.Next(2) == 0 ? 1 : 2 + of.Next(Sites - 1);
        var page = string.Create(CultureInfo.InvariantCulture, $"/page/{(int)(Math.Pow(random.NextDouble(), 3) * 2000)}");
        return new Event
        {
            Site = site,
            Sequence = Number(partition, (visit * 8L) + place),
            LogOffset = visit,
            ReceivedAt = at + (place * 41_000L),
            OccurredAt = at + (place * 41_000L),
            Visitor = (ulong)of.Next(1 + (visit / 2)) * 0x9E3779B97F4A7C15,
            Visit = Number(partition, visit),
            Identity = VisitorIdentity.Client,
            Name = random.Next(4) == 0 ? "click" : EventNames.PageView,
            Hostname = "shop.example",
            Page = page,
            Title = "Title of " + page,
            Source = TrafficSource.Direct with { Source = string.Create(CultureInfo.InvariantCulture, $"source{(int)(Math.Pow(of.NextDouble(), 4) * 300)}") },
            Place = Place.Unknown with { Country = new[] { "DE", "US", "FR", "NP", "BR", "JP" }[of.Next(6)] },
        };
    }

    static long Number(int partition, long number) => WarehouseState.Empty(partition).NextVisit + number;
}
