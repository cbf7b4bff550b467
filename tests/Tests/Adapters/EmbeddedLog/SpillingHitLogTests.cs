using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Adapters.EmbeddedLog;

/// <summary>A queue that goes away and comes back, with a real log beside it.</summary>
public sealed class SpillingHitLogTests : IAsyncDisposable
{
    const long Plenty = 64 << 20;

    readonly LogFolder _folder = new();
    readonly MemoryHitLog _queue = new(partitions: 2) { MayRepeat = true };
    readonly List<string> _told = [];
    SegmentHitLog? _near;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_near is not null)
            await _near.DisposeAsync();
        await _queue.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_comes_while_the_queue_is_away_gets_there_in_its_order_and_is_then_kept_no_longer()
    {
        var log = await OpenAsync(Plenty);
        await log.AppendAsync(0, new byte[] { 1 }, Stop);
        Assert.Equal((0, 0), (log.Waiting, log.Spilled));
        _queue.Unavailable = "away";
        Assert.Null(log.Unavailable);
        var memory = new byte[1];
        for (byte value = 2; value < 100; value++)
        {
            memory[0] = value;
            var appending = log.AppendAsync(value % 2, memory, Stop);
            // The memory is the caller's again as soon as the call returns.
            memory[0] = 0;
            Assert.Equal(new LogPosition(value % 2, LogPosition.Untold), await appending);
        }
        Assert.True(log.Waiting > 98, "It must wait here.");
        _queue.Unavailable = null;
        await ForwardAsync(log);
        Assert.Equal([1, .. Enumerable.Range(2, 98).Where(value => value % 2 == 0)], await ValuesAsync(0));
        Assert.Equal(Enumerable.Range(2, 98).Where(value => value % 2 == 1), await ValuesAsync(1));
        Assert.Equal((98, 98), (log.Spilled, log.Forwarded));
        Assert.True(_folder.Segments.Sum(file => new FileInfo(file).Length) < 200, "Nothing is kept of what got there.");
        Assert.Empty(_told);
    }

    [Fact]
    public async Task What_waits_is_bounded_and_what_was_taken_before_is_not_lost()
    {
        var log = await OpenAsync(bytesMost: 4096);
        _queue.Unavailable = "away";
        var taken = 0;
        var refused = await Assert.ThrowsAsync<HitLogUnavailableException>(async () =>
        {
            for (; taken < 1000; taken++)
                await log.AppendAsync(0, new byte[100], Stop);
        });
        Assert.InRange(taken, 20, 41);
        Assert.StartsWith("away, and ", refused.Message, StringComparison.Ordinal);
        _queue.Unavailable = null;
        await ForwardAsync(log);
        Assert.Equal(taken, (await ValuesAsync(0)).Count);
    }

    [Fact]
    public async Task Without_room_it_is_as_without_a_spill_and_what_waits_from_before_is_handed_on()
    {
        _queue.Unavailable = "away";
        await (await OpenAsync(Plenty)).AppendAsync(0, new byte[] { 7 }, Stop);
        var log = await OpenAsync(bytesMost: 0);
        Assert.Equal("away", log.Unavailable);
        Assert.Equal("away", (await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, new byte[] { 8 }, Stop))).Message);
        _queue.Unavailable = null;
        await ForwardAsync(log);
        Assert.Equal([7], await ValuesAsync(0));
    }

    [Fact]
    public async Task A_queue_that_counts_nothing_once_is_no_queue_to_spill_for() => await Assert.ThrowsAsync<ArgumentException>(async () =>
    {
        await using var plain = new MemoryHitLog();
        await using var near = SegmentHitLog.Open(_folder.Options);
        await using var log = new SpillingHitLog(plain, near, default, Plenty, TimeProvider.System);
    });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Whatever_goes_away_or_is_killed_every_event_counts_once(int seed)
    {
        var traffic = new SimulatedTraffic(seed, visitors: 40);
        var random = new Random(seed);
        _queue.FailConfirm = () => random.Next(10) == 0 ? "not confirmed" : null;
        var (log, stop, forwarding) = await BeginAsync();
        var spilled = 0L;
        foreach (var record in traffic.Records())
        {
            if (random.Next(12) == 0)
                _queue.Unavailable = _queue.Unavailable is null ? "away" : null;
            if (random.Next(25) == 0)
            {
                // Killed: what was handed on last may not be noted.
                await stop.CancelAsync();
                await forwarding;
                stop.Dispose();
                spilled += log.Spilled;
                (log, stop, forwarding) = await BeginAsync();
            }
            await log.AppendAsync(0, record, Stop);
        }
        _queue.Unavailable = null;
        _queue.FailConfirm = null;
        while (log.Waiting > 0)
            await Task.Delay(10, Stop);
        await stop.CancelAsync();
        await forwarding;
        stop.Dispose();

        await using var warehouse = new MemoryWarehouse();
        using var processor = new Processor(0, _queue, warehouse, SimulatedTraffic.Sites(), StillAgents.Rules, TimeProvider.System, new ProcessorOptions());
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < _queue.End(0).Offset)
            await processor.StepAsync(Stop);
        Assert.Equal(traffic.Deliveries.DistinctBy(sent => sent.Id).Count(), (await warehouse.BooksAsync(0, Stop)).Events);
        Assert.True(spilled + log.Spilled > 0, "The queue must have been away.");

        async Task<(SpillingHitLog Log, CancellationTokenSource Stop, Task Forwarding)> BeginAsync()
        {
            var opened = await OpenAsync(Plenty);
            var enough = new CancellationTokenSource();
            return (opened, enough, opened.ForwardAsync(failure => _told.Add(failure.Message), enough.Token));
        }
    }

    /// <summary>As a process does that was started anew: the queue stays, and what is on the disk.</summary>
    async Task<SpillingHitLog> OpenAsync(long bytesMost)
    {
        if (_near is not null)
            await _near.DisposeAsync();
        _near = SegmentHitLog.Open(_folder.Options);
        return new SpillingHitLog(_queue, _near, _near.ReleasedBy(SpillingHitLog.ReaderName), bytesMost, TimeProvider.System);
    }

    async Task ForwardAsync(SpillingHitLog log)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var forwarding = log.ForwardAsync(failure => _told.Add(failure.Message), enough.Token);
        while (log.Waiting > 0)
            await Task.Delay(10, Stop);
        await Task.Delay(50, Stop);
        await enough.CancelAsync();
        await forwarding;
    }

    async Task<List<int>> ValuesAsync(int partition) => _queue.End(partition).Offset == 0
        ? []
        : [.. (await _queue.ReadAsync(_queue.Start(partition), int.MaxValue, Stop)).Select(record => (int)record.Bytes.Span[0])];
}
