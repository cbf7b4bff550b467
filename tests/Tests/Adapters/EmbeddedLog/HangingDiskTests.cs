using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.EmbeddedLog;

/// <summary>A disk that neither does its work nor says that it cannot.</summary>
public sealed class HangingDiskTests : IDisposable
{
    readonly LogFolder _folder = new();
    readonly FailingDisk _disk = new();
    readonly FakeTimeProvider _time = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    SegmentHitLogOptions Options => _folder.Options with { Disk = _disk, Time = _time };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whoever_waits_is_refused_and_what_was_refused_never_appears()
    {
        await using (SegmentHitLog log = SegmentHitLog.Open(Options))
        {
            await log.AppendAsync(0, Record(1), Stop);
            _disk.Syncs.Reset();
            Task<LogPosition>[] waiting = [.. Enumerable.Range(2, 50).Select(number => log.AppendAsync(0, Record(number), Stop).AsTask())];
            await AssertRefusedAsync(waiting);
            Assert.Contains("has not answered for 5 seconds", log.Unavailable, StringComparison.Ordinal);
            await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, Record(60), Stop));
            _disk.Syncs.Set();
            await ResumeAsync(log);
            await log.AppendAsync(0, Record(70), Stop);
            await AssertHoldsAsync(log, 1, 70);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(_folder.Options);
        await AssertHoldsAsync(again, 1, 70);
        Assert.Equal([HitLogNoticeKind.Unavailable, HitLogNoticeKind.Resumed], _folder.Notices.Select(notice => notice.Kind));
    }

    [Fact]
    public async Task Whoever_waits_is_refused_too_when_the_cut_after_a_failure_hangs()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        await log.AppendAsync(0, Record(1), Stop);
        _disk.FailsSyncs = true;
        _disk.Truncates.Reset();
        await AssertRefusedAsync(log.AppendAsync(0, Record(2), Stop).AsTask());
        _disk.FailsSyncs = false;
        _disk.Truncates.Set();
        await ResumeAsync(log);
        await log.AppendAsync(0, Record(3), Stop);
        await AssertHoldsAsync(log, 1, 3);
    }

    [Fact]
    public async Task Nobody_is_refused_before_the_time_is_over()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(Options);
        _time.Advance(TimeSpan.FromHours(1));
        _disk.Syncs.Reset();
        Task<LogPosition> slow = log.AppendAsync(0, Record(1), Stop).AsTask();
        _time.Advance(Options.StallAfter - TimeSpan.FromMilliseconds(1));
        Assert.Null(log.Unavailable);
        _disk.Syncs.Set();
        await slow;
        await AssertHoldsAsync(log, 1);
    }

    [Fact]
    public async Task A_log_that_hangs_can_be_closed()
    {
        SegmentHitLog log = SegmentHitLog.Open(_folder.Options with { Disk = _disk, StallAfter = TimeSpan.FromMilliseconds(100) });
        _disk.Syncs.Reset();
        Task<LogPosition> waiting = log.AppendAsync(0, Record(1), Stop).AsTask();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<HitLogUnavailableException>(() => waiting);
        _disk.Syncs.Set();
    }

    static byte[] Record(int number) => BitConverter.GetBytes(number);

    /// <summary>The clock is moved until the timer, the writer and the thread pool have come to it.</summary>
    async Task AssertRefusedAsync(params Task<LogPosition>[] waiting)
    {
        while (!Array.TrueForAll(waiting, append => append.IsCompleted))
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Stop);
        }

        foreach (Task<LogPosition> append in waiting)
        {
            await Assert.ThrowsAsync<HitLogUnavailableException>(() => append);
        }
    }

    async Task ResumeAsync(SegmentHitLog log)
    {
        while (log.Unavailable is not null)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(1, Stop);
        }
    }

    static async Task AssertHoldsAsync(SegmentHitLog log, params int[] numbers)
    {
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(0, damages);
        Assert.Equal(numbers, records.Select(record => BitConverter.ToInt32(record.Bytes.Span)));
    }
}
