using System.Buffers;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Pipeline;
using Footfall.Core.Warehouse;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Simulation;

/// <summary>Several partitions, each worked off by one owner after another, some of whom go on after they have lost their lease.</summary>
public sealed class HandedOverPartitions
{
    const int Partitions = 5;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Owners_that_do_not_know_that_they_lost_a_partition_change_nothing(int seed)
    {
        var (traffic, random) = (new SimulatedTraffic(seed, visitors: 60), new Random(seed));
        var (log, warehouse) = (new MemoryHitLog(Partitions), new MemoryWarehouse());
        foreach (var record in traffic.Records())
            await AppendApartAsync(log, HitBatchCodec.Read(record));
        var fenced = 0;
        for (var partition = 0; partition < Partitions; partition++)
            fenced += await WorkOffAsync(log, warehouse, partition, random);

        await Schedules.CompareAsync(traffic, warehouse);
        Assert.True(fenced > Partitions, "Owners must have met their successors.");
        Assert.All(warehouse.Events, row => Assert.Equal(((IHitLog)log).PartitionOf(row.Site, row.Visitor), WarehouseState.PartitionOf(row.Visit)));
        Assert.Equal(warehouse.Events.Count, warehouse.Events.Select(row => row.Sequence).Distinct().Count());
    }

    /// <summary>Each step is some owner's: the newest one's, or one's whose lease was taken over meanwhile.</summary>
    static async Task<int> WorkOffAsync(MemoryHitLog log, MemoryWarehouse warehouse, int partition, Random random)
    {
        var (owners, fenced, epoch) = (new List<Processor>(), 0, 0L);
        while ((await warehouse.StateAsync(partition, default)).Position.Offset < log.End(partition).Offset)
        {
            if (owners.Count == 0 || random.Next(6) == 0)
            {
                owners.Add(ProcessorOf(log, warehouse, partition, ++epoch));
                await owners[^1].OpenAsync(default);
            }
            var owner = owners[random.Next(3) == 0 ? random.Next(owners.Count) : owners.Count - 1];
            try
            {
                await owner.StepAsync(default);
            }
            catch (FencedWriterException)
            {
                fenced++;
                owners.Remove(owner);
            }
        }
        return fenced;
    }

    static Processor ProcessorOf(MemoryHitLog log, MemoryWarehouse warehouse, int partition, long epoch) => new(
        partition, log, warehouse, SimulatedTraffic.Sites(), StillAgents.Rules,
        new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).AddHours(30)),
        new ProcessorOptions { BatchBytesMax = 2_000, CompactEvery = 20 }, epoch);

    static async Task AppendApartAsync(MemoryHitLog log, HitBatch batch)
    {
        foreach (var part in batch.Hits.GroupBy(hit => ((IHitLog)log).PartitionOf(hit.Site, hit.Visitor)))
        {
            var output = new ArrayBufferWriter<byte>();
            HitBatchCodec.Write(output, batch with { Hits = [.. part] });
            await log.AppendAsync(part.Key, output.WrittenMemory, default);
        }
    }
}
