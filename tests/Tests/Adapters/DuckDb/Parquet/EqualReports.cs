using System.Buffers;
using System.Text.Json;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>The same hits through one file and through files of several partitions: every report is the same to the byte.</summary>
[Trait("speed", "slow")]
public sealed class EqualReports : IDisposable
{
    const int Partitions = 4;

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-equal-");
    readonly ParquetScratch _scratch = new(Partitions);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _scratch.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_same_hits_give_the_same_reports_from_a_file_and_from_partitions()
    {
        var records = new SimulatedTraffic(seed: 3).Records().ToList();
        await using var file = DuckDbWarehouse.Open(Path.Combine(_folder.FullName, "warehouse.duckdb"), 256);
        await ProcessAsync(records, file, partitions: 1);
        var tables = _scratch.OpenTables();
        await using var files = new ParquetWarehouse(tables);
        await ProcessAsync(records, files, Partitions);

        using var one = new DuckDbReportEngine(file.Connect, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        using var other = new DuckDbReportEngine(tables, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        foreach (var site in SimulatedTraffic.Sites().All)
        {
            foreach (var dimension in Dimensions.All.Prepend(null))
            {
                var query = Query(site, dimension);
                var (expected, got) = (await one.RunAsync(query, Stop), await other.RunAsync(query, Stop));
                Assert.Equal(Document(expected), Document(got));
                Assert.NotEmpty(got.Rows);
            }
            var now = DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).AddHours(12);
            Assert.Equal(JsonSerializer.Serialize(await one.RealtimeAsync(site, now, Stop)), JsonSerializer.Serialize(await other.RealtimeAsync(site, now, Stop)));
        }
        Assert.Equal(
            (await Task.WhenAll(Enumerable.Range(0, Partitions).Select(partition => files.BooksAsync(partition, Stop).AsTask())))
                .SelectMany(books => books.Outcomes).GroupBy(sum => (sum.Site, sum.Outcome)).OrderBy(group => group.Key)
                .Select(group => new OutcomeSum(group.Key.Site, group.Key.Outcome, group.Sum(sum => sum.Hits))),
            (await file.BooksAsync(0, Stop)).Outcomes);
    }

    static async Task ProcessAsync(List<byte[]> records, IWarehouse warehouse, int partitions)
    {
        IHitLog log = new MemoryHitLog(partitions);
        foreach (var batch in records.Select(record => HitBatchCodec.TryRead(record)!))
        {
            foreach (var hits in batch.Hits.GroupBy(hit => log.PartitionOf(hit.Site, hit.Visitor)))
            {
                var output = new ArrayBufferWriter<byte>();
                HitBatchCodec.Write(output, new HitBatch(batch.FirstId, batch.ReceivedAt, batch.AcceptLanguage, [.. hits]));
                await log.AppendAsync(hits.Key, output.WrittenSpan.ToArray(), Stop);
            }
        }
        for (var partition = 0; partition < partitions; partition++)
        {
            var processor = new Processor(
                partition, log, warehouse, SimulatedTraffic.Sites(), StillAgents.Rules,
                new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).AddHours(30)),
                new ProcessorOptions { BatchBytesMax = 20_000, CompactEvery = 300 });
            await processor.OpenAsync(Stop);
            while (processor.Position.Offset < log.End(partition).Offset)
                await processor.StepAsync(Stop);
        }
    }

    /// <summary>All of it but how complete it is: a partition whose last hit came earlier says so.</summary>
    static string Document(ReportAnswer answer) => JsonSerializer.Serialize(ReportDocument.Of(answer with { CompleteUntil = null }));

    static ReportQuery Query(Site site, Dimension? dimension)
    {
        IReadOnlyList<Dimension> dimensions = dimension is null ? [] : [dimension];
        return new ReportQuery
        {
            Site = site,
            Metrics = Metrics.All,
            Dimensions = dimensions,
            Range = new DateRange(new(2026, 3, 28), new(2026, 3, 29)),
            Compare = new DateRange(new(2026, 3, 29), new(2026, 3, 30)),
            Order = ReportQuery.DefaultOrder(Metrics.All, dimensions),
            Limit = ReportLimits.RowsMax,
        };
    }
}
