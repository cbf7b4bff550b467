using System.Diagnostics;
using Footfall.Adapters.RabbitMq;
using Footfall.Core.HitLog;
using Footfall.Servers;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.RabbitMq;

/// <summary>What is particular to a log on a broker: several processes over the same streams.</summary>
[Collection(SharedBroker.Collection)]
[Trait("speed", "slow")]
public sealed class RabbitMqHitLogTests(SharedBroker broker)
{
    readonly string _prefix = SharedBroker.NewPrefix();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_one_process_appends_another_reads_and_knows_the_end_of()
    {
        await using var collector = await OpenAsync();
        await using var processor = await OpenAsync();
        for (var value = 0; value < 20; value++)
            Assert.Equal(LogPosition.Untold, (await collector.AppendAsync(1, new byte[] { (byte)value }, Stop)).Offset);
        Assert.Equal(20, (await ReadAllAsync(processor, 1)).Count);
        Assert.Equal(processor.Start(0), processor.End(0));
    }

    [Fact]
    public async Task A_node_whose_disk_is_full_is_as_one_that_cannot_be_reached_until_there_is_room()
    {
        await using var log = await OpenAsync();
        await log.AppendAsync(0, new byte[] { 1 }, Stop);
        await broker.SetDiskFreeLimitAsync("900000GB");
        try
        {
            for (var attempt = 0; log.Unavailable is null; attempt++)
            {
                var began = Stopwatch.StartNew();
                try
                {
                    await log.AppendAsync(0, new byte[] { 2 }, Stop);
                }
                catch (HitLogUnavailableException)
                {
                    Assert.True(began.Elapsed < TimeSpan.FromSeconds(6), $"It took {began.Elapsed} to be refused.");
                }
                Assert.True(attempt < 1000, "Nothing was ever refused.");
                await Task.Delay(20, Stop);
            }
            Assert.Contains("takes nothing in", log.Unavailable, StringComparison.Ordinal);
            var refused = Stopwatch.StartNew();
            await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, new byte[] { 3 }, Stop));
            Assert.True(refused.Elapsed < TimeSpan.FromSeconds(1), $"It took {refused.Elapsed} to be refused at once.");
        }
        finally
        {
            await broker.SetDiskFreeLimitAsync("50MB");
        }
        for (var patience = Stopwatch.StartNew(); log.Unavailable is not null; await Task.Delay(20, Stop))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), log.Unavailable);
        await log.AppendAsync(0, new byte[] { 4 }, Stop);
    }

    [Fact]
    public async Task Reading_from_anywhere_gives_the_same_from_memory_and_from_the_broker()
    {
        await using var log = await OpenAsync(new RabbitMqHitLogOptions { Nodes = [], TailBytes = 2000 });
        var start = log.Start(0);
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(value => log.AppendAsync(0, BitConverter.GetBytes(value), Stop).AsTask()));
        var all = await ReadAllAsync(log, 0);
        Assert.Equal(Enumerable.Range(0, 2000), all.Select(record => BitConverter.ToInt32(record.Bytes.Span)).Order());
        Assert.Contains(all, record => record.Offset != start.Offset && record.NextOffset - record.Offset == 1);
        for (var place = 0; place < all.Count; place += 97)
        {
            var again = await log.ReadAsync(new LogPosition(0, all[place].Offset), 40, Stop);
            Assert.Equal(all.Skip(place).Take(again.Count).Select(Text), again.Select(Text));
        }
    }

    [Fact]
    public async Task Who_has_waited_in_vain_asks_anew_and_gets_what_comes_then()
    {
        var clock = new FakeTimeProvider();
        await using var reader = await OpenAsync(Options() with { Time = clock });
        await using var collector = await OpenAsync();
        var end = reader.End(0);
        var reading = reader.ReadAsync(end, 1 << 16, Stop).AsTask();
        // Longer than a stream may be quiet, three times, and the pauses after each.
        for (var second = 0; second < 100; second++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10, Stop);
        }
        Assert.False(reading.IsCompleted);

        await collector.AppendAsync(0, new byte[] { 9 }, Stop);
        while (!reading.IsCompleted)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Stop);
        }
        Assert.Equal(9, Assert.Single(await reading).Bytes.Span[0]);
    }

    [Fact]
    public async Task The_number_of_partitions_is_fixed_when_they_are_made()
    {
        await using (await OpenAsync())
        {
        }
        foreach (var partitions in (int[])[1, 3])
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => RabbitMqHitLog.OpenAsync(Options() with { Partitions = partitions }, Stop));
            Assert.Contains("their number is fixed when they are made", refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_broker_that_is_not_there_is_told_within_seconds_and_keeps_nobody_from_starting()
    {
        var began = Stopwatch.StartNew();
        var nowhere = new Uri(FormattableString.Invariant($"amqp://guest:guest@127.0.0.1:{Loopback.FreePort()}/"));
        await using var log = await RabbitMqHitLog.OpenAsync(Options() with { Nodes = [nowhere] }, Stop);
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(20), $"{began.Elapsed}");
        Assert.StartsWith("the queue cannot be reached: ", log.Unavailable, StringComparison.Ordinal);
        began.Restart();
        await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, new byte[] { 1 }, Stop));
        Assert.Throws<HitLogUnavailableException>(() => log.End(0));
        Assert.Throws<HitLogUnavailableException>(() => log.Start(0));
        Assert.True(began.Elapsed < TimeSpan.FromSeconds(2), $"{began.Elapsed}");
    }

    [Fact]
    public async Task What_every_reader_has_released_is_deleted_once_the_log_was_parted_and_nothing_else_is()
    {
        await using var log = await RabbitMqHitLog.OpenAsync(Options() with { Management = broker.Management, SegmentBytes = 1024 * 1024 }, Stop);
        await log.ReleaseAsync("archive", log.Start(0), Stop);
        await log.ReleaseAsync("processor", log.Start(0), Stop);
        await log.AppendAsync(0, new byte[1000], Stop);
        var read = log.End(0);
        // The margin for clocks that differ.
        await Task.Delay(TimeSpan.FromSeconds(12), Stop);
        await log.PartAsync(0, Stop);
        await log.AppendAsync(0, new byte[] { 7 }, Stop);
        await log.ReleaseAsync("archive", log.End(0), Stop);
        Assert.True(log.Start(0).Offset < read.Offset, "The processor has not read it.");
        await Task.Delay(TimeSpan.FromSeconds(12), Stop);
        await log.ReleaseAsync("processor", log.End(0), Stop);
        Assert.True(log.Start(0).Offset >= read.Offset, "Everybody has read it.");
        await log.AppendAsync(0, new byte[] { 8 }, Stop);
        Assert.Equal(8, (await log.ReadAsync(log.End(0) with { Offset = log.End(0).Offset - (1 << GroupFrame.IndexBits) }, 10, Stop))[0].Bytes.Span[0]);
    }

    RabbitMqHitLogOptions Options() => new() { Nodes = broker.Nodes, Prefix = _prefix, Partitions = 2, Replicas = 1 };

    Task<RabbitMqHitLog> OpenAsync(RabbitMqHitLogOptions? options = null) =>
        RabbitMqHitLog.OpenAsync(options is null ? Options() : options with { Nodes = broker.Nodes, Prefix = _prefix, Partitions = 2, Replicas = 1 }, Stop);

    static string Text(LogRecord record) => $"{record.Offset} {record.NextOffset} {Convert.ToHexString(record.Bytes.Span)}";

    static async Task<List<LogRecord>> ReadAllAsync(RabbitMqHitLog log, int partition)
    {
        var (all, at, end) = (new List<LogRecord>(), log.Start(partition), log.End(partition));
        while (at.Offset < end.Offset)
        {
            all.AddRange(await log.ReadAsync(at, 1 << 16, Stop));
            at = at with { Offset = all[^1].NextOffset };
        }
        return all;
    }
}
