using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;
using Footfall.Tests.Adapters.DuckDb.Parquet;

namespace Footfall.Tests.Contracts;

/// <summary>
/// A folder of three partitions, filled by batches in an order that is nobody's: some rows in small files, others sorted, in cut files; and of some
/// visits a part that was found to be another visit's later, also when that was merged already.
/// </summary>
sealed class FilledParquet : IDisposable
{
    const int Partitions = 3;
    const long Split = 1 << 30;

    readonly ParquetScratch _scratch = new(Partitions);

    FilledParquet(int fileRows) => Tables = _scratch.OpenTables(with: options => options with { FileRows = fileRows, AmendedMax = int.MaxValue });

    public ParquetTables Tables { get; }

    /// <summary>The folder of the files.</summary>
    public string Path => _scratch.Path;

    public static async Task<FilledParquet> MakeAsync(IReadOnlyList<Event> events, int seed)
    {
        var random = new Random(seed);
        // Either sorted files are written anew for the sake of what is amended, or too large for that.
        var filled = new FilledParquet(random.Next(2) == 0 ? 300 : 8_000);
        await using var warehouse = new ParquetWarehouse(filled.Tables);
        for (var partition = 0; partition < Partitions; partition++)
            await FillAsync(warehouse, partition, [.. events.Where(one => (int)(one.Visitor % Partitions) == partition)], random);
        return filled;
    }

    public void Dispose() => _scratch.Dispose();

    static async Task FillAsync(ParquetWarehouse warehouse, int partition, List<Event> events, Random random)
    {
        foreach (var one in events)
            one.Visit += WarehouseState.Empty(partition).NextVisit;
        await warehouse.StateAsync(partition, default);
        const int Batches = 6;
        var chunks = events.GroupBy(_ => random.Next(Batches)).ToDictionary(chunk => chunk.Key, chunk => chunk.ToList());
        var split = events.Select(one => one.Visit).Where(_ => random.Next(4) == 0).ToHashSet();
        for (var number = 0; number < Batches; number++)
        {
            // The last has nobody apart any more.
            var apart = number < Batches - 1 ? split : [];
            await warehouse.CommitAsync(Batch(partition, number, chunks.GetValueOrDefault(number) ?? [], apart, number == Batches - 1 ? split : [], events), default);
            if (number is 1 or 3 or Batches - 1 && events.Count > 0)
                await warehouse.CompactAsync(partition, 0, events.Max(one => one.OccurredAt) - (random.Next(20) * 3_600_000L), new DateOnly(2020, 1, 1), default);
        }
    }

    static WarehouseBatch Batch(int partition, int number, List<Event> events, HashSet<long> apart, HashSet<long> joined, List<Event> all)
    {
        var batch = new WarehouseBatch
        {
            Position = new LogPosition(partition, 10 + number),
            NextSequence = 1,
            NextVisit = 1,
            CompleteUntil = new DateTimeOffset(2026, 1, 2, 3, 4, 5 + partition, TimeSpan.Zero).ToUnixTimeMilliseconds(),
        };
        foreach (var one in events)
        {
            if (apart.Contains(one.Visit) && one.Sequence % 2 == 0)
                one.Visit += Split;
            batch.Events.Add(one);
            batch.PartOf(one).Add(one);
            batch.Reopened.Add(one.Visit);
        }
        foreach (var visit in joined)
        {
            var some = all.First(one => one.Visit == visit || one.Visit == visit + Split);
            batch.Merges.Add(new VisitMerge(some.Site, visit + Split, visit, 0, 0));
            batch.Reopened.UnionWith([visit, visit + Split]);
        }
        // From here on it is what a recount must find.
        if (joined.Count > 0)
        {
            foreach (var one in all.Where(one => joined.Contains(one.Visit - Split)))
                one.Visit -= Split;
        }
        return batch;
    }
}
