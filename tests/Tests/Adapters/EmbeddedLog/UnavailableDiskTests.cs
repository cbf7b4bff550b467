using System.Diagnostics;
using CsCheck;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.EmbeddedLog;

public sealed class UnavailableDiskTests : IDisposable
{
    readonly LogFolder _folder = new();
    readonly FailingDisk _disk = new();
    readonly FakeTimeProvider _time = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    SegmentHitLogOptions Options => _folder.Options with { Disk = _disk, Time = _time };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, 30)]
    [InlineData(false, 5000)]
    [InlineData(true, 0)]
    public async Task Records_of_a_failed_group_never_appear_and_the_log_recovers(bool failsSync, int writtenBeforeFailing)
    {
        await using (SegmentHitLog log = SegmentHitLog.Open(Options))
        {
            await log.AppendAsync(0, Record(1), Stop);
            _disk.FailsWrites = !failsSync;
            _disk.FailsSyncs = failsSync;
            _disk.WrittenBeforeFailing = writtenBeforeFailing;
            await FailAsync(log, 2);
            Assert.NotNull(log.Unavailable);
            Assert.Equal(516, log.End(0).Offset);
            await FailAsync(log, 3);
            _disk.FailsWrites = false;
            _disk.FailsSyncs = false;
            await ResumeAsync(log);
            await log.AppendAsync(0, Record(4), Stop);
            await AssertHoldsAsync(log, 1, 4);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(_folder.Options);
        await AssertHoldsAsync(again, 1, 4);
        Assert.Equal(2, _folder.Segments.Length);
    }

    [Fact]
    public async Task Records_of_a_failed_group_never_appear_although_they_could_not_be_cut()
    {
        await using (SegmentHitLog log = SegmentHitLog.Open(Options))
        {
            await log.AppendAsync(0, Record(1), Stop);
            _disk.FailsSyncs = true;
            _disk.FailsTruncates = true;
            await FailAsync(log, 2);
            _disk.FailsSyncs = false;
            await ResumeAsync(log);
            await log.AppendAsync(0, Record(3), Stop);
            await AssertHoldsAsync(log, 1, 3);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(_folder.Options);
        await AssertHoldsAsync(again, 1, 3);
    }

    [Fact]
    public async Task Records_of_a_failed_group_do_not_appear_when_the_process_dies_at_once()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        await log.AppendAsync(0, Record(1), Stop);
        _disk.FailsSyncs = true;
        await FailAsync(log, 2);
        using LogFolder copy = _folder.Copy();
        await using SegmentHitLog crashed = SegmentHitLog.Open(copy.Options);
        await AssertHoldsAsync(crashed, 1);
    }

    [Fact]
    public async Task A_log_that_failed_before_its_first_record_recovers()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        _disk.FailsSyncs = true;
        await FailAsync(log, 1);
        _disk.FailsSyncs = false;
        await ResumeAsync(log);
        await log.AppendAsync(0, Record(2), Stop);
        await AssertHoldsAsync(log, 2);
        Assert.Single(_folder.Segments);
    }

    [Fact]
    public async Task Every_waiter_of_a_failed_group_and_of_those_behind_it_is_told()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        _disk.FailsSyncs = true;
        Task<LogPosition>[] appends = [.. Enumerable.Range(0, 300).Select(i => log.AppendAsync(0, Record(i), Stop).AsTask())];
        foreach (Task<LogPosition> append in appends)
        {
            await Assert.ThrowsAsync<HitLogUnavailableException>(() => append);
        }

        Assert.Equal(log.Start(0), log.End(0));
    }

    [Fact]
    public async Task Readers_read_on_while_appends_are_refused()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        await log.AppendAsync(0, Record(1), Stop);
        _disk.FailsWrites = true;
        await FailAsync(log, 2);
        await AssertHoldsAsync(log, 1);
    }

    [Fact]
    public async Task Appends_stop_above_the_floor_of_free_space_and_resume_with_it()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options with { FreeBytesFloor = 1000 });
        await log.AppendAsync(0, Record(1), Stop);
        _disk.Free = 999;
        await FailAsync(log, 2);
        Assert.Contains("999 bytes free", log.Unavailable, StringComparison.Ordinal);
        _disk.Free = 1000;
        await ResumeAsync(log);
        await log.AppendAsync(0, Record(3), Stop);
        await AssertHoldsAsync(log, 1, 3);
        Assert.Single(_folder.Segments);
    }

    [Fact]
    public async Task Nothing_is_tried_again_before_a_second_is_over()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        _disk.FailsWrites = true;
        await FailAsync(log, 1);
        _disk.FailsWrites = false;
        _time.Advance(TimeSpan.FromMilliseconds(999));
        await FailAsync(log, 2);
        await ResumeAsync(log);
    }

    [Fact]
    public async Task A_log_on_a_disk_that_takes_no_writes_opens_for_reading_and_recovers()
    {
        await using (SegmentHitLog log = SegmentHitLog.Open(Options))
        {
            await log.AppendAsync(0, Record(1), Stop);
        }

        _disk.FailsSyncs = true;
        _disk.FailsWrites = true;
        await using SegmentHitLog again = SegmentHitLog.Open(Options);
        Assert.NotNull(again.Unavailable);
        await AssertHoldsAsync(again, 1);
        await FailAsync(again, 2);
        _disk.FailsSyncs = false;
        _disk.FailsWrites = false;
        await ResumeAsync(again);
        await again.AppendAsync(0, Record(3), Stop);
        await AssertHoldsAsync(again, 1, 3);
    }

    [Fact]
    public async Task A_full_disk_refuses_appends_and_takes_them_again_when_there_is_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        var options = new SegmentHitLogOptions { Folder = Path.Combine(disk.Path, "log"), FreeBytesFloor = 0, SegmentBytes = 256 * 1024, Time = _time };
        var acknowledged = new List<int>();
        await using (SegmentHitLog log = SegmentHitLog.Open(options))
        {
            await FillUpAsync(log, acknowledged, 0);
            int filled = acknowledged.Count;
            await FailAsync(log, 100_000);
            File.Delete(disk.Ballast);
            await ResumeAsync(log);
            await FillUpAsync(log, acknowledged, 200_000);
            Assert.True(acknowledged.Count > filled);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(options);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(0, damages);
        Assert.Equal(acknowledged, records.Select(Number));
    }

    [Fact]
    public async Task Releasing_on_a_full_disk_makes_room()
    {
        await using var disk = await SmallDisk.MountAsync();
        var options = new SegmentHitLogOptions { Folder = Path.Combine(disk.Path, "log"), FreeBytesFloor = 0, SegmentBytes = 256 * 1024, Time = _time };
        await using SegmentHitLog log = SegmentHitLog.Open(options);
        await log.ReleaseAsync("reader", log.Start(0), Stop);
        var acknowledged = new List<int>();
        await FillUpAsync(log, acknowledged, 0);
        await log.ReleaseAsync("reader", log.End(0), Stop).AsTask().ContinueWith(
            static _ => { }, Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        await ResumeAsync(log);
        LogPosition at = log.End(0);
        await log.AppendAsync(0, Record(5), Stop);
        Assert.Equal(5, Number((await log.ReadAsync(at, 1, Stop))[0]));
    }

    [Fact]
    public async Task The_floor_of_free_space_holds_on_a_real_disk()
    {
        const int Floor = 1 << 20;
        await using var disk = await SmallDisk.MountAsync();
        await using SegmentHitLog log = SegmentHitLog.Open(
            new SegmentHitLogOptions { Folder = Path.Combine(disk.Path, "log"), FreeBytesFloor = Floor, Time = _time });
        var acknowledged = new List<int>();
        await FillUpAsync(log, acknowledged, 0);
        Assert.NotEmpty(acknowledged);
        Assert.Contains("must stay free", log.Unavailable, StringComparison.Ordinal);
        Assert.InRange(new DriveInfo(disk.Path).AvailableFreeSpace, Floor * 7 / 8, Floor);
        File.Delete(disk.Ballast);
        await ResumeAsync(log);
        await log.AppendAsync(0, Record(1), Stop);
    }

    [Fact]
    public void Whatever_fails_and_whenever_the_log_is_reopened_it_holds_exactly_what_was_acknowledged() =>
        Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3000]).Array[1, 30].Sample(
            steps => FollowsModelAsync(steps).GetAwaiter().GetResult(), iter: 100);

    [Fact]
    public async Task A_folder_that_becomes_read_only_refuses_appends_until_it_is_writable()
    {
        await using var disk = await SmallDisk.MountAsync();
        var options = new SegmentHitLogOptions { Folder = Path.Combine(disk.Path, "log"), FreeBytesFloor = 0, Time = _time };
        await using (SegmentHitLog log = SegmentHitLog.Open(options))
        {
            await log.AppendAsync(0, Record(1), Stop);
        }

        await disk.RemountAsync("ro");
        await using SegmentHitLog readOnly = SegmentHitLog.Open(options);
        Assert.NotNull(readOnly.Unavailable);
        await AssertHoldsAsync(readOnly, 1);
        await FailAsync(readOnly, 2);
        _time.Advance(TimeSpan.FromSeconds(1));
        await FailAsync(readOnly, 3);
        await disk.RemountAsync("rw");
        await ResumeAsync(readOnly);
        await readOnly.AppendAsync(0, Record(4), Stop);
        await AssertHoldsAsync(readOnly, 1, 4);
    }

    static byte[] Record(int number)
    {
        byte[] record = new byte[500];
        BitConverter.TryWriteBytes(record, number);
        return record;
    }

    static int Number(LogRecord record) => BitConverter.ToInt32(record.Bytes.Span);

    static async Task FailAsync(SegmentHitLog log, int number) =>
        await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, Record(number), Stop));

    static async Task AssertHoldsAsync(SegmentHitLog log, params int[] numbers)
    {
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(0, damages);
        Assert.Equal(numbers, records.Select(Number));
    }

    static async Task FillUpAsync(SegmentHitLog log, List<int> acknowledged, int from)
    {
        for (int i = from; ; i++)
        {
            try
            {
                await log.AppendAsync(0, Record(i), Stop);
                acknowledged.Add(i);
            }
            catch (HitLogUnavailableException)
            {
                return;
            }
        }
    }

    static async Task FollowsModelAsync((int Kind, int Detail)[] steps)
    {
        using var folder = new LogFolder();
        var disk = new FailingDisk();
        var time = new FakeTimeProvider();
        SegmentHitLogOptions options = folder.Options with { Disk = disk, Time = time, SegmentBytes = 3000 };
        var acknowledged = new List<(long End, int Number)>();
        SegmentHitLog log = SegmentHitLog.Open(options);
        int number = 0;
        foreach ((int kind, int detail) in steps)
        {
            disk.FailsWrites = kind == 4;
            disk.FailsSyncs = kind == 5;
            disk.WrittenBeforeFailing = detail;
            if (kind == 6)
            {
                await log.DisposeAsync();
                log = SegmentHitLog.Open(options);
            }

            if (kind < 4)
            {
                await ResumeAsync(log, time);
            }

            await Task.WhenAll(Enumerable.Range(number, 1 + (detail % 7)).Select(i => TryAppendAsync(log, i, acknowledged)));
            number += 7;
        }

        await log.DisposeAsync();
        await using SegmentHitLog again = SegmentHitLog.Open(folder.Options);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(0, damages);
        Assert.Equal(acknowledged.Order(), records.Select(static record => (record.NextOffset, Number(record))));
    }

    static async Task TryAppendAsync(SegmentHitLog log, int number, List<(long End, int Number)> acknowledged)
    {
        try
        {
            LogPosition after = await log.AppendAsync(0, Record(number), Stop);
            lock (acknowledged)
            {
                acknowledged.Add((after.Offset, number));
            }
        }
        catch (HitLogUnavailableException)
        {
            // Not acknowledged, so that it must not be in the log at the end.
        }
    }

    Task ResumeAsync(SegmentHitLog log) => ResumeAsync(log, _time);

    // The clock is moved until the writer, which is a thread of its own, has noticed.
    static async Task ResumeAsync(SegmentHitLog log, FakeTimeProvider time)
    {
        while (log.Unavailable is not null)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Stop);
        }
    }

    sealed class SmallDisk : IAsyncDisposable
    {
        readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("footfall-disk-");

        public string Path => _parent.FullName;

        public string Ballast => System.IO.Path.Combine(Path, "ballast");

        public static async Task<SmallDisk> MountAsync()
        {
            var disk = new SmallDisk();
            if (!OperatingSystem.IsLinux() || !await RunAsync("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.Path))
            {
                disk._parent.Delete();
                Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", "Mounting a small disk needs root.");
                Assert.Fail("A small disk could not be mounted.");
            }

            await File.WriteAllBytesAsync(disk.Ballast, new byte[1 << 20], Stop);
            return disk;
        }

        public async Task RemountAsync(string mode) => Assert.True(await RunAsync("mount", "-o", "remount," + mode, Path));

        public async ValueTask DisposeAsync()
        {
            await RunAsync("umount", "-l", Path);
            _parent.Delete();
        }

        static async Task<bool> RunAsync(string program, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
                await process.WaitForExitAsync(CancellationToken.None);
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }
}
