using System.Diagnostics;
using System.Globalization;
using FASTER.core;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;
using Microsoft.Win32.SafeHandles;

namespace Footfall.Bench;

/// <summary>
/// How many single records a second become durable, and how long each waits: the segment log, FasterLog, and a bare loop that writes and
/// syncs as many bytes as the segment log's groups held; and the segment log while two readers follow its end. They take turns, so that a noisy disk is noisy for all.
/// </summary>
static class HitLogBench
{
    const int RecordBytes = 500;

    public static async Task<int> RunAsync(string[] args)
    {
        int seconds = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 3;
        int runs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        string parent = args.Length > 2 ? args[2] : Path.GetTempPath();
        Console.WriteLine("appenders  log       records/s     p50 us     p99 us   records/sync   bytes allocated/record   cpu us/record");
        foreach (int appenders in (int[])[64, 256])
        {
            var results = new Dictionary<string, List<Result>> { ["segment"] = [], ["2 tails"] = [], ["faster"] = [], ["bare"] = [] };
            for (int run = 0; run < runs; run++)
            {
                string folder = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"footfall-bench-{Environment.ProcessId}-{run}"));
                Result segment = await InFolderAsync(folder, path => SegmentAsync(path, appenders, seconds, readers: 0));
                results["segment"].Add(segment);
                results["2 tails"].Add(await InFolderAsync(folder, path => SegmentAsync(path, appenders, seconds, readers: 2)));
                results["faster"].Add(await InFolderAsync(folder, path => FasterAsync(path, appenders, seconds)));
                int group = (int)Math.Max(1, segment.RecordsPerSync);
                results["bare"].Add(await InFolderAsync(folder, path => Task.FromResult(Bare(path, group, seconds))));
            }

            Print(appenders, results);
        }

        return 0;
    }

    static void Print(int appenders, Dictionary<string, List<Result>> results)
    {
        var medians = results.ToDictionary(static pair => pair.Key, static pair => pair.Value.OrderBy(static r => r.PerSecond).ElementAt(pair.Value.Count / 2));
        foreach ((string name, Result r) in medians)
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{appenders,9}  {name,-8} {r.PerSecond,10:F0} {r.P50,10:F0} {r.P99,10:F0} {r.RecordsPerSync,14:F1} {r.Allocated,24:F0} {r.Cpu,15:F2}"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{appenders,9}  segment/faster {medians["segment"].PerSecond / medians["faster"].PerSecond:F2} in records/s, {medians["segment"].P99 / medians["faster"].P99:F2} in p99; segment/bare {medians["segment"].PerSecond / medians["bare"].PerSecond:F2}"));
    }

    static async Task<Result> SegmentAsync(string folder, int appenders, int seconds, int readers)
    {
        var disk = new CountingDisk();
        Task[] tails;
        Result result;
        await using (SegmentHitLog log = SegmentHitLog.Open(new SegmentHitLogOptions { Folder = folder, Disk = disk }))
        {
            tails = [.. Enumerable.Range(0, readers).Select(_ => Task.Run(() => TailAsync(log)))];
            result = await DriveAsync(appenders, seconds, () => disk.Syncs, async record => await log.AppendAsync(0, record, CancellationToken.None));
        }

        await Task.WhenAll(tails);
        return result;
    }

    static async Task TailAsync(SegmentHitLog log)
    {
        LogPosition at = log.Start(0);
        try
        {
            while (true)
            {
                at = at with { Offset = (await log.ReadAsync(at, 1 << 20, CancellationToken.None))[^1].NextOffset };
            }
        }
        catch (ObjectDisposedException)
        {
            // The measurement is over.
        }
    }

    static async Task<Result> FasterAsync(string folder, int appenders, int seconds)
    {
        using IDevice device = Devices.CreateLogDevice(Path.Combine(folder, "faster.log"));
        using var log = new FasterLog(new FasterLogSettings { LogDevice = device, PageSizeBits = 22, MemorySizeBits = 26, SegmentSizeBits = 26 });
        using var stop = new CancellationTokenSource();
        long commits = 0;
        Task committing = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                await log.CommitAsync();
                commits++;
            }
        });
        Result result = await DriveAsync(appenders, seconds, () => commits, async record => await log.EnqueueAndWaitForCommitAsync(record));
        await stop.CancelAsync();
        await committing;
        return result;
    }

    static Result Bare(string folder, int group, int seconds)
    {
        var disk = new CountingDisk();
        using SafeFileHandle file = File.OpenHandle(Path.Combine(folder, "bare"), FileMode.Create, FileAccess.ReadWrite);
        byte[] bytes = new byte[group * (RecordBytes + 16)];
        new Random(1).NextBytes(bytes);
        var waits = new List<double>();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long begun = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
        {
            long at = Stopwatch.GetTimestamp();
            disk.Write(file, bytes, (long)waits.Count * bytes.Length);
            disk.Sync(file);
            waits.Add(Stopwatch.GetElapsedTime(at).TotalMicroseconds);
        }

        double elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        double used = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
        long records = (long)waits.Count * group;
        waits.Sort();
        return new Result(records / elapsed, waits[waits.Count / 2], waits[(int)(waits.Count * 0.99)], group, 0, used / records);
    }

    static async Task<Result> DriveAsync(int appenders, int seconds, Func<long> syncs, Func<byte[], Task> appendAsync)
    {
        await Task.WhenAll(Enumerable.Range(0, appenders).Select(_ => Task.Run(() => appendAsync(new byte[RecordBytes]))));
        long syncsBefore = syncs();
        long allocated = GC.GetTotalAllocatedBytes();
        TimeSpan cpu = Environment.CpuUsage.TotalTime;
        long begun = Stopwatch.GetTimestamp();
        List<double>[] waits = await Task.WhenAll(Enumerable.Range(0, appenders).Select(appender => Task.Run(async () =>
        {
            byte[] record = new byte[RecordBytes];
            new Random(appender).NextBytes(record);
            var mine = new List<double>(capacity: 1 << 16);
            while (Stopwatch.GetElapsedTime(begun).TotalSeconds < seconds)
            {
                long at = Stopwatch.GetTimestamp();
                await appendAsync(record);
                mine.Add(Stopwatch.GetElapsedTime(at).TotalMicroseconds);
            }

            return mine;
        })));
        double elapsed = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        double used = (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds;
        allocated = GC.GetTotalAllocatedBytes() - allocated - ((long)appenders << 19);
        long synced = Math.Max(1, syncs() - syncsBefore);
        double[] all = [.. waits.SelectMany(static mine => mine).Order()];
        return new Result(
            all.Length / elapsed, all[all.Length / 2], all[(int)(all.Length * 0.99)], all.Length / (double)synced, (double)allocated / all.Length, used / all.Length);
    }

    static async Task<Result> InFolderAsync(string folder, Func<string, Task<Result>> measureAsync)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return await measureAsync(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    sealed record Result(double PerSecond, double P50, double P99, double RecordsPerSync, double Allocated, double Cpu);

    sealed class CountingDisk : LogDisk
    {
        public long Syncs { get; private set; }

        public override void Sync(SafeFileHandle file)
        {
            base.Sync(file);
            Syncs++;
        }
    }
}
