using Footfall.Core.HitLog;

namespace Footfall.Tests.Contracts;

/// <summary>What every hit log promises. A subclass per implementation opens an empty one.</summary>
public abstract class HitLogContract
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_record_is_read_as_it_was_appended()
    {
        await using IHitLog log = await OpenAsync();
        LogPosition after = await log.AppendAsync(0, Bytes(1, 300), Stop);
        IReadOnlyList<LogRecord> records = await log.ReadAsync(log.Start(0), 1 << 20, Stop);
        LogRecord record = Assert.Single(records);
        Assert.Equal(Bytes(1, 300), record.Bytes.ToArray());
        Assert.Equal(log.Start(0).Offset, record.Offset);
        Assert.Equal(after.Offset, record.NextOffset);
        Assert.Equal(after, log.End(0));
    }

    [Fact]
    public async Task The_memory_of_a_record_may_be_reused_before_it_is_durable()
    {
        await using IHitLog log = await OpenAsync();
        byte[] memory = Bytes(1, 300);
        ValueTask<LogPosition> durable = log.AppendAsync(0, memory, Stop);
        Array.Clear(memory);
        await durable;
        IReadOnlyList<LogRecord> records = await log.ReadAsync(log.Start(0), 1 << 20, Stop);
        Assert.Equal(Bytes(1, 300), Assert.Single(records).Bytes.ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_537)]
    [InlineData(IHitLog.RecordBytesMax)]
    public async Task Records_of_any_length_up_to_the_largest_are_kept(int length)
    {
        await using IHitLog log = await OpenAsync();
        await log.AppendAsync(0, Bytes(7, 10), Stop);
        await log.AppendAsync(0, Bytes(8, length), Stop);
        await log.AppendAsync(0, Bytes(9, 10), Stop);
        List<LogRecord> records = await ReadAllAsync(log);
        Assert.Equal([10, length, 10], records.Select(static record => record.Bytes.Length));
        Assert.True(records[1].Bytes.Span.SequenceEqual(Bytes(8, length)));
    }

    [Fact]
    public async Task A_record_above_the_largest_is_refused()
    {
        await using IHitLog log = await OpenAsync();
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await log.AppendAsync(0, new byte[IHitLog.RecordBytesMax + 1], Stop));
        Assert.Equal(log.Start(0), log.End(0));
    }

    [Fact]
    public async Task Records_keep_the_order_of_their_positions_and_are_read_in_pieces()
    {
        await using IHitLog log = await OpenAsync();
        for (int i = 0; i < 50; i++)
        {
            await log.AppendAsync(0, Bytes(i, 100), Stop);
        }

        IReadOnlyList<LogRecord> piece = await log.ReadAsync(log.Start(0), 500, Stop);
        Assert.InRange(piece.Count, 1, 6);
        List<LogRecord> all = await ReadAllAsync(log, bytesMax: 1);
        Assert.Equal(Enumerable.Range(0, 50), all.Select(static record => (int)record.Bytes.Span[0]));
        Assert.All(all.Zip(all.Skip(1)), static pair => Assert.Equal(pair.First.NextOffset, pair.Second.Offset));
    }

    [Fact]
    public async Task A_read_at_the_end_waits_for_the_next_record()
    {
        await using IHitLog log = await OpenAsync();
        Task<IReadOnlyList<LogRecord>>[] readers = [.. Enumerable.Range(0, 5).Select(_ => log.ReadAsync(log.End(0), 1000, Stop).AsTask())];
        Assert.All(readers, static reader => Assert.False(reader.IsCompleted));
        await log.AppendAsync(0, Bytes(3, 20), Stop);
        foreach (Task<IReadOnlyList<LogRecord>> reader in readers)
        {
            Assert.Equal(Bytes(3, 20), (await reader)[0].Bytes.ToArray());
        }
    }

    [Fact]
    public async Task A_waiting_read_can_be_cancelled()
    {
        await using IHitLog log = await OpenAsync();
        using var cancelling = new CancellationTokenSource();
        Task<IReadOnlyList<LogRecord>> read = log.ReadAsync(log.End(0), 1000, cancelling.Token).AsTask();
        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }

    [Fact]
    public async Task A_waiting_read_ends_when_the_log_is_closed()
    {
        IHitLog log = await OpenAsync();
        Task<IReadOnlyList<LogRecord>> read = log.ReadAsync(log.End(0), 1000, Stop).AsTask();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => read);
    }

    [Fact]
    public async Task An_append_to_a_closed_log_is_refused()
    {
        IHitLog log = await OpenAsync();
        await log.DisposeAsync();
        await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, Bytes(1, 1), Stop));
    }

    [Fact]
    public async Task A_cancelled_append_does_not_harm_the_ones_beside_it()
    {
        await using IHitLog log = await OpenAsync();
        using var cancelling = new CancellationTokenSource();
        var kept = new List<Task<LogPosition>>();
        var cancelled = new List<Task<LogPosition>>();
        for (int i = 0; i < 100; i++)
        {
            kept.Add(log.AppendAsync(0, Bytes(i, 50), Stop).AsTask());
            cancelled.Add(AppendAsync(log, Bytes(200, 50), cancelling.Token));
        }

        await cancelling.CancelAsync();
        await Task.WhenAll(kept);
        foreach (Task<LogPosition> append in cancelled)
        {
            await append.ContinueWith(
                static task => Assert.True(task.IsCanceled || task.IsCompletedSuccessfully), Stop, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        List<LogRecord> records = await ReadAllAsync(log);
        IEnumerable<int> firsts = records.Select(static record => (int)record.Bytes.Span[0]).Where(static first => first < 200);
        Assert.Equal(Enumerable.Range(0, 100), firsts.Order());
    }

    [Fact]
    public async Task Appends_of_many_tasks_are_each_there_once_at_the_position_that_was_returned()
    {
        await using IHitLog log = await OpenAsync();
        var positions = new Dictionary<long, byte[]>();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(worker => Task.Run(
            async () =>
            {
                for (int i = 0; i < 40; i++)
                {
                    byte[] record = Bytes((worker * 40) + i, 20 + (i * 7));
                    LogPosition after = await log.AppendAsync(0, record, Stop);
                    lock (positions)
                    {
                        positions.Add(after.Offset, record);
                    }
                }
            },
            Stop)));

        List<LogRecord> records = await ReadAllAsync(log);
        Assert.Equal(64 * 40, records.Count);
        Assert.All(records, record => Assert.Equal(positions[record.NextOffset], record.Bytes.ToArray()));
    }

    [Fact]
    public async Task Nothing_is_deleted_before_the_slowest_registered_reader()
    {
        await using IHitLog log = await OpenAsync();
        await log.ReleaseAsync("archiver", log.Start(0), Stop);
        await log.ReleaseAsync("processor", log.Start(0), Stop);
        LogPosition half = default;
        for (int i = 0; i < 40; i++)
        {
            LogPosition after = await log.AppendAsync(0, Bytes(i, 1000), Stop);
            half = i == 19 ? after : half;
        }

        await log.ReleaseAsync("archiver", log.End(0), Stop);
        Assert.Equal(40, (await ReadAllAsync(log)).Count);
        await log.ReleaseAsync("processor", half, Stop);
        IReadOnlyList<LogRecord> records = await log.ReadAsync(half, 1, Stop);
        Assert.Equal(20, records[0].Bytes.Span[0]);
    }

    [Fact]
    public async Task A_read_beyond_the_end_is_an_error_and_does_not_wait()
    {
        await using IHitLog log = await OpenAsync();
        var beyond = new LogPosition(0, log.End(0).Offset + 1);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await log.ReadAsync(beyond, 1, Stop));
    }

    protected abstract Task<IHitLog> OpenAsync();

    protected static byte[] Bytes(int seed, int length)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        if (length > 0)
        {
            bytes[0] = (byte)seed;
        }

        return bytes;
    }

    protected static async Task<List<LogRecord>> ReadAllAsync(IHitLog log, int bytesMax = 1 << 20)
    {
        var all = new List<LogRecord>();
        LogPosition at = log.Start(0);
        while (at.Offset < log.End(0).Offset)
        {
            IReadOnlyList<LogRecord> records = await log.ReadAsync(at, bytesMax, Stop);
            all.AddRange(records);
            at = at with { Offset = records[^1].NextOffset };
        }

        return all;
    }

    static async Task<LogPosition> AppendAsync(IHitLog log, byte[] record, CancellationToken cancellation) =>
        await log.AppendAsync(0, record, cancellation);
}
