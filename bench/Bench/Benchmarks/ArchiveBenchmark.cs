using System.Diagnostics;
using System.IO.Compression;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Bench.Results;
using Footfall.Bench.Traffic;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Bench.Benchmarks;

/// <summary>What a page view takes in the archive, how fast it goes in and comes out, and whether one flipped bit in a gigabyte is found.</summary>
static class ArchiveBenchmark
{
    const int Hits = 400_000;
    const long HourMilliseconds = 3_600_000;
    const long GigabyteBytes = 1L << 30;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("footfall-bench-archive-").FullName;
        try
        {
            var result = new ResultFile(
                "archive", "The raw archive",
                $"{Hits:N0} page views of one day on 20 sites, as the tracker sends them, each its own request: random event ids, real agents. Sealed by the hour, then joined "
                + "into a day at the higher level; one core. Run with `bench/run archive`.");
            await MeasureSizeAsync(Path.Combine(folder, "day"), result);
            await MeasureVerifyAsync(Path.Combine(folder, "gigabyte"), result);
            return result.Save();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static FolderArchive Open(string folder)
    {
        var disk = new LogDisk();
        return FolderArchive.Open(new FolderArchiveOptions { Folder = folder, Disk = new ArchiveDisk(disk.Sync, disk.SyncFolder) });
    }

    static async Task MeasureSizeAsync(string folder, ResultFile result)
    {
        var views = new PageViewRecords(seed: 1);
        var records = Enumerable.Range(0, Hits).Select(_ => views.Next(86_400_000.0 / Hits)).ToList();
        var payloads = records.Sum(record => (long)HitBatchCodec.Read(record.Bytes).Hits[0].Payload.Length);
        result.Columns("kept as", "bytes a page view", "page views/s");
        result.Row("the event's JSON", Each(payloads), "");
        result.Row("a record of the hit log", Each(records.Sum(record => (long)record.Bytes.Length)), "");
        result.Row("the event's JSON, a line each, gzip at its best", Each(Gzip(records)), "");
        var archive = Open(folder);
        var began = Stopwatch.GetTimestamp();
        foreach (var hour in records.GroupBy(record => HitBatchCodec.ReceivedAtOf(record.Bytes.Span)!.Value / HourMilliseconds))
            await SealAsync(archive, [.. hour]);
        result.Row("sealed by the hour", Each(archive.Segments(0).Sum(segment => segment.Bytes)), Rate(began));
        began = Stopwatch.GetTimestamp();
        await ReadAsync(archive);
        result.Row("read back", "", Rate(began));
        using var turn = new ArchiveTurn();
        began = Stopwatch.GetTimestamp();
        await new ArchiveUpkeep(archive, turn).TightenAsync(0, long.MaxValue, CancellationToken.None);
        result.Row("joined into a day", Each(archive.Segments(0).Sum(segment => segment.Bytes)), Rate(began));
        began = Stopwatch.GetTimestamp();
        await ReadAsync(archive);
        result.Row("read back", "", Rate(began));
    }

    static async Task SealAsync(FolderArchive archive, List<LogRecord> records)
    {
        await using var draft = archive.Begin(new LogPosition(0, records[0].Offset), ArchiveEffort.Quick);
        foreach (var record in records)
            await draft.AddAsync(record, CancellationToken.None);
        await draft.SealAsync(new LogPosition(0, records[^1].NextOffset), CancellationToken.None);
    }

    static async Task ReadAsync(FolderArchive archive)
    {
        foreach (var segment in archive.Segments(0))
        {
            foreach (var block in (await archive.IndexAsync(segment, CancellationToken.None)).Blocks)
                await archive.ReadAsync(segment, block, CancellationToken.None);
        }
    }

    static async Task MeasureVerifyAsync(string folder, ResultFile result)
    {
        var archive = Open(folder);
        var random = new Random(2);
        var records = new List<LogRecord>();
        for (var at = 0L; at < GigabyteBytes; at = records[^1].NextOffset)
        {
            var bytes = new byte[IHitLog.RecordBytesMax];
            random.NextBytes(bytes);
            records.Add(new LogRecord(at, at + bytes.Length + 16, bytes));
        }
        await SealAsync(archive, records);
        var segment = archive.Segments(0)[0];
        var file = Directory.GetFiles(folder, "*.segment").Single();
        var (sound, soundTime) = await VerifyAsync(archive, segment);
        var bit = random.NextInt64(segment.Bytes * 8);
        Flip(file, bit);
        var (damage, time) = await VerifyAsync(archive, segment);
        result.Paragraph(FormattableString.Invariant(
            $"Verify reads {segment.Bytes:N0} bytes that do not compress in {soundTime.TotalSeconds:N1} s and finds {sound.Count} damaged stretches. With bit {bit:N0} flipped it finds {damage.Count} in {time.TotalSeconds:N1} s: {damage[0].End - damage[0].Start:N0} bytes of the log from offset {damage[0].Start:N0}, {damage[0].What}."));
    }

    static async Task<(IReadOnlyList<ArchiveDamage> Damage, TimeSpan Time)> VerifyAsync(FolderArchive archive, ArchiveSegment segment)
    {
        var began = Stopwatch.GetTimestamp();
        var damage = await archive.VerifyAsync(segment, CancellationToken.None);
        return (damage, Stopwatch.GetElapsedTime(began));
    }

    static void Flip(string path, long bit)
    {
        using var file = new FileStream(path, FileMode.Open);
        file.Position = bit / 8;
        var value = file.ReadByte() ^ (1 << (int)(bit % 8));
        file.Position = bit / 8;
        file.WriteByte((byte)value);
    }

    static long Gzip(List<LogRecord> records)
    {
        using var output = new MemoryStream();
        using (var gzip = new GZipStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            foreach (var record in records)
            {
                gzip.Write(HitBatchCodec.Read(record.Bytes).Hits[0].Payload.Span);
                gzip.WriteByte((byte)'\n');
            }
        }
        return output.Length;
    }

    static string Each(long bytes) => ResultFile.Number((double)bytes / Hits, 1);

    static string Rate(long began) => ResultFile.Number(Hits / Stopwatch.GetElapsedTime(began).TotalSeconds);
}
