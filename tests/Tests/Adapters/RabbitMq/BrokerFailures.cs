using System.Collections.Concurrent;
using System.Diagnostics;
using Footfall.Adapters.RabbitMq;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.RabbitMq;

/// <summary>Three real nodes, killed under load as a power cut would: what was acknowledged is there, and the rest was refused in time.</summary>
[Trait("speed", "slow")]
public sealed class BrokerFailures
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_nodes_die_and_appends_go_on_by_themselves()
    {
        await using var cluster = await BrokerCluster.StartAsync(nodes: 3);
        var options = new RabbitMqHitLogOptions { Nodes = [.. cluster.Nodes.Select(node => node.Address)], Partitions = 2 };
        await using var log = await RabbitMqHitLog.OpenAsync(options, Stop);
        var (acknowledged, refused, longest) = (new ConcurrentBag<long>(), 0, TimeSpan.Zero);
        using var stop = new CancellationTokenSource();
        var appending = Task.WhenAll(Enumerable.Range(0, 8).Select(worker => AppendAsync(worker)));

        await Task.Delay(TimeSpan.FromSeconds(2), Stop);
        foreach (var node in cluster.Nodes)
        {
            node.Kill();
            await Task.Delay(TimeSpan.FromSeconds(10), Stop);
            await node.StartAsync();
            await Task.Delay(TimeSpan.FromSeconds(3), Stop);
        }
        await stop.CancelAsync();
        await appending;

        await using var reader = await RabbitMqHitLog.OpenAsync(options, Stop);
        var there = new HashSet<long>();
        foreach (var partition in (int[])[0, 1])
            there.UnionWith(await ReadAllAsync(reader, partition));
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged, {refused} refused, longest {longest.TotalSeconds:0.0} s");
        Assert.Empty(acknowledged.Except(there));
        Assert.True(acknowledged.Count > 1000, "The load must have run.");
        Assert.True(longest < TimeSpan.FromSeconds(8), $"An append took {longest}.");

        async Task AppendAsync(int worker)
        {
            for (long number = worker; !stop.IsCancellationRequested; number += 8)
            {
                var began = Stopwatch.GetTimestamp();
                try
                {
                    await log.AppendAsync((int)(number % 2), BitConverter.GetBytes(number), Stop);
                    acknowledged.Add(number);
                }
                catch (HitLogUnavailableException)
                {
                    Interlocked.Increment(ref refused);
                    await Task.Delay(50, Stop);
                }
                var took = Stopwatch.GetElapsedTime(began);
                lock (acknowledged)
                    longest = took > longest ? took : longest;
            }
        }
    }

    [Fact]
    public async Task Without_any_node_appends_are_refused_in_time_and_taken_again_once_one_is_back()
    {
        await using var cluster = await BrokerCluster.StartAsync(nodes: 1);
        await using var log = await RabbitMqHitLog.OpenAsync(new RabbitMqHitLogOptions { Nodes = [cluster.Nodes[0].Address], Partitions = 1, Replicas = 1 }, Stop);
        await log.AppendAsync(0, new byte[] { 1 }, Stop);
        var reading = log.ReadAsync(log.End(0), 100, Stop).AsTask();
        // A node alone writes down what queues it has a little later than it says that it has them.
        await Task.Delay(TimeSpan.FromSeconds(10), Stop);
        cluster.Nodes[0].Kill();
        for (var attempt = 0; attempt < 4; attempt++)
        {
            var began = Stopwatch.StartNew();
            await Assert.ThrowsAsync<HitLogUnavailableException>(async () => await log.AppendAsync(0, new byte[] { 2 }, Stop));
            Assert.True(began.Elapsed < TimeSpan.FromSeconds(8), $"It took {began.Elapsed} to be refused.");
        }
        Assert.NotNull(log.Unavailable);
        await cluster.Nodes[0].StartAsync();
        await UntilAppendedAsync(log, 3);
        Assert.Null(log.Unavailable);
        var records = await reading.WaitAsync(TimeSpan.FromSeconds(20), Stop);
        Assert.Contains((byte)3, (await ReadOnAsync(log, records)).Select(record => record.Bytes.Span[0]));
    }

    [Fact]
    public async Task A_log_that_was_opened_while_no_node_was_there_works_as_soon_as_one_is()
    {
        await using var cluster = await BrokerCluster.StartAsync(nodes: 1);
        cluster.Nodes[0].Kill();
        await using var log = await RabbitMqHitLog.OpenAsync(new RabbitMqHitLogOptions { Nodes = [cluster.Nodes[0].Address], Partitions = 2, Replicas = 1 }, Stop);
        Assert.NotNull(log.Unavailable);
        var reading = log.ReadAsync(new LogPosition(0, 0), 100, Stop).AsTask();
        await cluster.Nodes[0].StartAsync();
        await UntilAppendedAsync(log, 5);
        Assert.Null(log.Unavailable);
        Assert.Equal(5, (await reading.WaitAsync(TimeSpan.FromSeconds(20), Stop))[0].Bytes.Span[0]);
        Assert.True(log.End(0).Offset > log.Start(0).Offset, "It knows where it ends.");
    }

    static async Task UntilAppendedAsync(RabbitMqHitLog log, byte value)
    {
        for (var patience = Stopwatch.StartNew(); ;)
        {
            try
            {
                await log.AppendAsync(0, new[] { value }, Stop);
                return;
            }
            catch (HitLogUnavailableException) when (patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(200, Stop);
            }
        }
    }

    static async Task<List<LogRecord>> ReadOnAsync(RabbitMqHitLog log, IReadOnlyList<LogRecord> first)
    {
        var all = first.ToList();
        while (all[^1].NextOffset < log.End(0).Offset)
            all.AddRange(await log.ReadAsync(new LogPosition(0, all[^1].NextOffset), 1 << 16, Stop));
        return all;
    }

    static async Task<List<long>> ReadAllAsync(RabbitMqHitLog log, int partition)
    {
        var (all, at, end) = (new List<long>(), log.Start(partition), log.End(partition));
        while (at.Offset < end.Offset)
        {
            var records = await log.ReadAsync(at, 1 << 20, Stop);
            all.AddRange(records.Select(record => BitConverter.ToInt64(record.Bytes.Span)));
            at = at with { Offset = records[^1].NextOffset };
        }
        return all;
    }
}
