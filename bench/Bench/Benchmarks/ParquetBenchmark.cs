using System.Diagnostics;
using System.Globalization;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Bench.Benchmarks;

/// <summary>The same batches into a DuckDB file and into Parquet files of one and of four partitions; then the same questions of each, in turns.</summary>
static class ParquetBenchmark
{
    const int Turns = 5;
    const int CompactEvery = 200_000;
    const long HourMilliseconds = 3_600_000;

    public static async Task<int> RunAsync(string[] args)
    {
        var events = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1_000_000;
        var folder = Directory.CreateTempSubdirectory("footfall-bench-parquet-").FullName;
        try
        {
            var result = new ResultFile(
                "parquet", "The warehouse as Parquet files",
                $"{events:N0} events in visits of four over 90 days: half of site 1, the rest of 200 others; one in a hundred is a day late for a visit that was merged. Batches of "
                + $"20,000 over all partitions, compacted every {CompactEvery:N0} events of a partition. CPU is of the whole process. Run with `bench/run parquet [EVENTS]`.");
            await using var file = DuckDbWarehouse.Open(Path.Combine(folder, "warehouse.duckdb"), 512);
            using var one = OpenFiles(folder, partitions: 1);
            using var four = OpenFiles(folder, partitions: 4);
            await using var filesOfOne = new ParquetWarehouse(one);
            await using var filesOfFour = new ParquetWarehouse(four);
            result.Columns("into", "events/s", "CPU µs an event", "of the DuckDB file's", "bytes an event", "files");
            var embedded = await FillAsync(file, events, partitions: 1);
            Row("a DuckDB file", embedded, Path.Combine(folder, "warehouse.duckdb"), 1);
            Row("Parquet, 1 partition", await FillAsync(filesOfOne, events, partitions: 1), Path.Combine(folder, "1"), FilesIn(Path.Combine(folder, "1")));
            Row("Parquet, 4 partitions", await FillAsync(filesOfFour, events, partitions: 4), Path.Combine(folder, "4"), FilesIn(Path.Combine(folder, "4")));
            await AskAsync(result, file, one, four);
            return result.Save();

            void Row(string name, (double Seconds, double Cpu) took, string path, int files) => result.Row(
                name, ResultFile.Number(events / took.Seconds), ResultFile.Number(took.Cpu / events * 1e6, 1), ResultFile.Number(took.Cpu / embedded.Cpu, 2),
                ResultFile.Number((double)BytesIn(path) / events, 1), ResultFile.Number(files));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static ParquetTables OpenFiles(string folder, int partitions)
    {
        var disk = new LogDisk();
        var root = Directory.CreateDirectory(Path.Combine(folder, partitions.ToString(CultureInfo.InvariantCulture))).FullName;
        return new ParquetTables(new ParquetOptions
        {
            Folder = root,
            Disk = new WarehouseDisk(file => disk.Sync(file), disk.SyncFolder),
            Partitions = [.. Enumerable.Range(0, partitions)],
            Scratch = Path.Combine(folder, "scratch-" + Path.GetFileName(root)),
            MemoryMiB = 512,
            Keep = TimeSpan.Zero,
        });
    }

    static async Task<(double Seconds, double Cpu)> FillAsync(IWarehouse warehouse, int events, int partitions)
    {
        // The making of events is no part of what is measured.
        var (seconds, cpu) = (0.0, 0.0);
        for (var partition = 0; partition < partitions; partition++)
        {
            await warehouse.StateAsync(partition, default);
            var uncompacted = 0;
            var last = 0L;
            foreach (var batch in WarehouseTraffic.Batches(events, partition, partitions))
            {
                var (began, before) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
                await warehouse.CommitAsync(batch, default);
                (uncompacted, last) = (uncompacted + batch.Events.Count, batch.CompleteUntil);
                if (uncompacted >= CompactEvery)
                {
                    await warehouse.CompactAsync(partition, 0, last - HourMilliseconds, DayBefore(last, 30), default);
                    uncompacted = 0;
                }
                seconds += Stopwatch.GetElapsedTime(began).TotalSeconds;
                cpu += (Process.GetCurrentProcess().TotalProcessorTime - before).TotalSeconds;
            }
            await warehouse.CompactAsync(partition, 0, last - HourMilliseconds, DayBefore(last, 30), default);
            await warehouse.CompactAsync(partition, 0, last - HourMilliseconds, DayBefore(last, 30), default);
        }
        return (seconds, cpu);
    }

    static async Task AskAsync(ResultFile result, DuckDbWarehouse file, ParquetTables one, ParquetTables four)
    {
        using var embedded = Engine(file.Tables);
        using var single = Engine(one);
        using var several = Engine(four);
        result.Columns("question", "DuckDB file, ms", "1 partition, ms", "ratio", "files", "4 partitions, ms", "ratio", "files");
        foreach (var (name, metrics, dimension) in ((string, string, string)[])
        [
            ("overview", "visitors,visits,pageviews,bounce_rate", ""), ("by day", "visitors,visits,pageviews", "day"), ("pages", "visitors,pageviews", "page"),
            ("sources", "visitors,visits,bounce_rate", "source"), ("new visitors by day", "new_visitors", "day"),
        ])
        {
            foreach (var (site, whose) in ((int, string)[])[(1, "large site"), (77, "small site")])
            {
                foreach (var (range, when) in ((DateRange, string)[])
                    [(new(new(2026, 2, 1), new(2026, 2, 28)), "a past month"), (new(new(2026, 3, 4), new(2026, 3, 31)), "the last 28 days")])
                {
                    var query = Query(site, metrics, dimension, range);
                    var (own, first, second) = (new List<double>(), new List<double>(), new List<double>());
                    for (var turn = 0; turn <= Turns; turn++)
                    {
                        var times = (await TimeAsync(embedded, query), await TimeAsync(single, query), await TimeAsync(several, query));
                        if (turn == 0)
                            continue;
                        own.Add(times.Item1);
                        first.Add(times.Item2);
                        second.Add(times.Item3);
                    }
                    result.Row(
                        $"{name}, {whose}, {when}", Text(own), Text(first), Ratio(first, own), ResultFile.Number(one.FilesOfLastQuestion), Text(second), Ratio(second, own),
                        ResultFile.Number(four.FilesOfLastQuestion));
                }
            }
        }
    }

    static string Text(List<double> times) => ResultFile.Number(ResultFile.Median(times), 1);

    static string Ratio(List<double> times, List<double> to) => ResultFile.Number(ResultFile.Median(times) / ResultFile.Median(to), 2);

    static DuckDbReportEngine Engine(IReportTables tables) => new(tables, TimeSpan.FromMinutes(5), 1, () => "bench", TimeProvider.System);

    static async Task<double> TimeAsync(DuckDbReportEngine engine, ReportQuery query)
    {
        var began = Stopwatch.GetTimestamp();
        await engine.RunAsync(query, default);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    static ReportQuery Query(int site, string metrics, string dimension, DateRange range)
    {
        var request = ReportForm.Read(
            [
                new("metrics", metrics), new("dimensions", dimension), new("from", TimeBuckets.Day(range.From)), new("to", TimeBuckets.Day(range.To)),
            ], []);
        var parsed = ReportRequestParser.Parse(request, new Site(site, ["shop.example"], "Europe/Berlin", "EUR", SiteSettings.Default), DateTimeOffset.UnixEpoch);
        return parsed.Query ?? throw new InvalidOperationException(string.Join(' ', parsed.Problems));
    }

    static DateOnly DayBefore(long time, int days) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(time)).AddDays(-days);

    static int FilesIn(string folder) => Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories).Length;

    static long BytesIn(string path) => File.Exists(path)
        ? new FileInfo(path).Length
        : Directory.GetFiles(path, "*.parquet", SearchOption.AllDirectories).Sum(file => new FileInfo(file).Length);
}
