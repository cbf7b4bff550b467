using Footfall.Core.Pipeline;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Simulation;

/// <summary>The loop as the server runs it, which builds a batch while the one before is written, with failures of commits and compactions between.</summary>
public sealed class OverlappedBatches
{
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task A_batch_built_while_another_is_written_counts_once_whichever_of_them_fails(int failEvery)
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var traffic = new SimulatedTraffic(seed, visitors: 8, runs: 3);
            var log = new MemoryHitLog();
            foreach (var record in traffic.Records())
                await log.AppendAsync(0, record, default);
            var random = new Random(seed);
            var warehouse = new MemoryWarehouse();
            var processor = new Processor(
                0, log, new FaultyWarehouse(warehouse, () => failEvery > 0 && random.Next(failEvery) == 0), SimulatedTraffic.Sites(),
                StillAgents.Rules,
                new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).AddHours(random.Next(0, 30))),
                // A step of one hit and more is never waited for.
                new ProcessorOptions
                {
                    BatchBytesMax = random.Next(1, 4_000),
                    CompactEvery = 20,
                    Retry = TimeSpan.Zero,
                    Gather = TimeSpan.Zero,
                    IsOfTheMachine = failure => failure is CrashException,
                });

            await RunToTheEndAsync(processor, log, warehouse);

            await Schedules.CompareAsync(traffic, warehouse);
        }
    }

    static async Task RunToTheEndAsync(Processor processor, MemoryHitLog log, MemoryWarehouse warehouse)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        stop.CancelAfter(TimeSpan.FromSeconds(30));
        processor.Committed += _ => StopAtTheEnd();
        await processor.RunAsync(
            failure =>
            {
                Assert.IsType<CrashException>(failure);
                StopAtTheEnd();
            },
            stop.Token);
        Assert.Equal(log.End(0), warehouse.Position);

        // Also after a failure that came when the last batch was in: nothing follows it that would tell.
        void StopAtTheEnd()
        {
            if (warehouse.Position == log.End(0))
                stop.Cancel();
        }
    }
}
