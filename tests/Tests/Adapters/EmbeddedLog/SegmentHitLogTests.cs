using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.EmbeddedLog;

public sealed class SegmentHitLogTests : IDisposable
{
    readonly LogFolder _folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    SegmentHitLogOptions Small => _folder.Options with { SegmentBytes = 4096 };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reopened_log_goes_on_where_it_ended()
    {
        long end = await FillAsync(Small, 0, 30);
        await using (SegmentHitLog log = SegmentHitLog.Open(Small))
        {
            Assert.Equal(end, log.End(0).Offset);
        }

        await FillAsync(Small, 30, 60);
        await using SegmentHitLog again = SegmentHitLog.Open(Small);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(0, damages);
        Assert.Equal(Enumerable.Range(0, 60), records.Select(Number));
        Assert.Empty(_folder.Notices);
    }

    [Fact]
    public async Task Segments_roll_and_offsets_go_on()
    {
        await FillAsync(Small, 0, 100);
        Assert.True(_folder.Segments.Length > 3);
        await using SegmentHitLog log = SegmentHitLog.Open(Small);
        (List<LogRecord> records, _) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(0, records[0].Offset);
        Assert.All(records.Zip(records.Skip(1)), static pair => Assert.Equal(pair.First.NextOffset, pair.Second.Offset));
        Assert.Equal(log.End(0).Offset, records[^1].NextOffset);
    }

    [Fact]
    public async Task What_every_reader_released_is_deleted_but_never_the_active_segment()
    {
        await FillAsync(Small, 0, 100);
        await using SegmentHitLog log = SegmentHitLog.Open(Small);
        await log.ReleaseAsync("archiver", log.End(0), Stop);
        Assert.Single(_folder.Segments);
        Assert.True(log.Start(0).Offset > 0);
        LogPosition after = await log.AppendAsync(0, Record(100), Stop);
        Assert.Equal(after.Offset, Assert.Single(await log.ReadAsync(after with { Offset = after.Offset - 516 }, 1, Stop)).NextOffset);
    }

    [Fact]
    public async Task Registered_readers_outlive_the_process()
    {
        await FillAsync(Small, 0, 100);
        await using (SegmentHitLog log = SegmentHitLog.Open(Small))
        {
            await log.ReleaseAsync("processor: site/1", new LogPosition(0, 0), Stop);
        }

        await using (SegmentHitLog log = SegmentHitLog.Open(Small))
        {
            await log.ReleaseAsync("archiver", log.End(0), Stop);
            Assert.Equal(0, log.Start(0).Offset);
            await log.ReleaseAsync("processor: site/1", log.End(0), Stop);
            Assert.Single(_folder.Segments);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(Small);
        Assert.Equal(Path.GetFileName(Segments()[0]), again.Start(0).Offset.ToString("D19") + ".hits");
    }

    [Fact]
    public async Task A_reader_whose_position_is_damaged_holds_everything_until_it_releases_again()
    {
        await FillAsync(Small, 0, 50);
        await using (SegmentHitLog log = SegmentHitLog.Open(Small))
        {
            await log.ReleaseAsync("processor", new LogPosition(0, 516), Stop);
        }

        string path = Path.Combine(_folder.Path, "processor.reader");
        byte[] bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes[20] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, Stop);
        await using SegmentHitLog again = SegmentHitLog.Open(Small);
        await again.ReleaseAsync("archiver", again.End(0), Stop);
        Assert.Equal(0, again.Start(0).Offset);
        await again.ReleaseAsync("processor", again.End(0), Stop);
        Assert.Single(_folder.Segments);
    }

    [Fact]
    public async Task A_reader_below_the_start_is_told_where_the_log_begins()
    {
        await FillAsync(Small, 0, 100);
        await using SegmentHitLog log = SegmentHitLog.Open(Small);
        await log.ReleaseAsync("archiver", log.End(0), Stop);
        HitLogDamagedException told = await Assert.ThrowsAsync<HitLogDamagedException>(
            async () => await log.ReadAsync(new LogPosition(0, 0), 100, Stop));
        Assert.Equal(log.Start(0), told.Next);
    }

    [Fact]
    public async Task Reading_goes_on_while_segments_are_appended_rolled_and_released()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Small);
        Task<int> reading = Task.Run(
            async () =>
            {
                int expected = 0;
                LogPosition at = log.Start(0);
                while (expected < 2000)
                {
                    foreach (LogRecord record in await log.ReadAsync(at, 2000, Stop))
                    {
                        Assert.Equal(expected++, Number(record));
                        at = at with { Offset = record.NextOffset };
                    }

                    await log.ReleaseAsync("reader", at, Stop);
                }

                return expected;
            },
            Stop);
        var appends = new List<Task>();
        for (int i = 0; i < 2000; i++)
        {
            appends.Add(log.AppendAsync(0, Record(i), Stop).AsTask());
            if (i % 100 == 99)
            {
                await Task.WhenAll(appends);
            }
        }

        Assert.Equal(2000, await reading);
        Assert.InRange(_folder.Segments.Length, 1, 2);
    }

    [Fact]
    public async Task A_copy_of_the_folder_taken_while_appending_holds_everything_acknowledged_before()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Small);
        int acknowledged = 0;
        using var enough = new CancellationTokenSource();
        Task appending = Task.Run(
            async () =>
            {
                for (int i = 0; !enough.IsCancellationRequested; i++)
                {
                    await log.AppendAsync(0, Record(i), Stop);
                    Volatile.Write(ref acknowledged, i + 1);
                }
            },
            Stop);
        for (int copies = 0; copies < 20; copies++)
        {
            int before = Volatile.Read(ref acknowledged);
            using LogFolder copy = _folder.Copy();
            await using SegmentHitLog crashed = SegmentHitLog.Open(copy.Options);
            (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(crashed, Stop);
            Assert.Equal(0, damages);
            Assert.True(records.Count >= before);
            Assert.Equal(Enumerable.Range(0, records.Count), records.Select(Number));
        }

        await enough.CancelAsync();
        await appending;
    }

    [Fact]
    public async Task An_append_that_would_exceed_the_queue_is_refused_as_overloaded()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options with { QueueBytesMax = 1000 });
        Task<LogPosition>[] appends = [.. Enumerable.Range(0, 2000).Select(i => log.AppendAsync(0, Record(i), Stop).AsTask())];
        await Task.WhenAll(appends).ContinueWith(static _ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        Task<LogPosition>[] refused = [.. appends.Where(static append => append.IsFaulted)];
        Assert.NotEmpty(refused);
        Assert.All(refused, static append => Assert.Contains(
            "overloaded", Assert.IsType<HitLogUnavailableException>(append.Exception!.InnerException).Message, StringComparison.Ordinal));
        (List<LogRecord> records, _) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(2000 - refused.Length, records.Count);
        Assert.Null(log.Unavailable);
    }

    [Fact]
    public async Task Closing_makes_durable_what_was_accepted()
    {
        SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        Task<LogPosition>[] appends = [.. Enumerable.Range(0, 500).Select(i => log.AppendAsync(0, Record(i), Stop).AsTask())];
        await log.DisposeAsync();
        await Task.WhenAll(appends);
        await using SegmentHitLog again = SegmentHitLog.Open(_folder.Options);
        (List<LogRecord> records, _) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(500, records.Count);
    }

    [Fact]
    public async Task A_log_of_a_newer_version_is_not_touched()
    {
        await FillAsync(_folder.Options, 0, 1);
        string path = _folder.Segments[0];
        byte[] bytes = await File.ReadAllBytesAsync(path, Stop);
        bytes[8] = 2;
        BitConverter.GetBytes(System.IO.Hashing.XxHash3.HashToUInt64(bytes.AsSpan(0, 32))).CopyTo(bytes, 32);
        await File.WriteAllBytesAsync(path, bytes, Stop);
        Assert.Throws<InvalidDataException>(() => SegmentHitLog.Open(_folder.Options));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, Stop));
    }

    static byte[] Record(int number)
    {
        byte[] record = new byte[500];
        new Random(number).NextBytes(record);
        BitConverter.TryWriteBytes(record, number);
        return record;
    }

    static int Number(LogRecord record) => BitConverter.ToInt32(record.Bytes.Span);

    static async Task<long> FillAsync(SegmentHitLogOptions options, int from, int to)
    {
        await using SegmentHitLog log = SegmentHitLog.Open(options);
        for (int i = from; i < to; i++)
        {
            await log.AppendAsync(0, Record(i), Stop);
        }

        return log.End(0).Offset;
    }

    string[] Segments() => _folder.Segments;

    [Fact]
    public async Task What_lies_before_a_part_is_deleted_to_the_last_byte_once_it_is_released()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        await log.AppendAsync(0, new byte[100], TestContext.Current.CancellationToken);
        LogPosition parted = log.End(0);
        await log.PartAsync(0, TestContext.Current.CancellationToken);
        await log.AppendAsync(0, new byte[200], TestContext.Current.CancellationToken);
        Assert.Equal(2, _folder.Segments.Length);
        await log.ReleaseAsync("reader", parted, TestContext.Current.CancellationToken);
        Assert.Single(_folder.Segments);
        Assert.Equal(parted, log.Start(0));
        Assert.Equal(200, Assert.Single(await log.ReadAsync(parted, 1, TestContext.Current.CancellationToken)).Bytes.Length);
    }

    [Fact]
    public async Task A_log_without_files_begins_where_what_is_kept_elsewhere_ends()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options with { BeginAt = 5000 });
        Assert.Equal((5000, 5000), (log.Start(0).Offset, log.End(0).Offset));
        Assert.Empty(_folder.Notices);
    }
}
