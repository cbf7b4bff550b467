using Footfall.Adapters.EmbeddedLog;
using Footfall.Adapters.RabbitMq;
using Footfall.Core.HitLog;
using Footfall.Server.Background;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>Where the hit log of a cluster is put together: a queue that processes share and, where a collector may spill, a log of its own for when that is away.</summary>
static class CompositionOfQueue
{
    /// <summary>Small, so that what was handed on is soon deleted.</summary>
    const long SpillSegmentBytes = 16L << 20;

    public static void AddQueue(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        // What waits from before is handed on also when nothing more may be spilled.
        if (!Roles.Has(settings, Roles.Collector) || (settings.QueueSpillMiB == 0 && !Directory.Exists(folder.Spill)))
        {
            services.AddSingleton<IHitLog>(provider => Open(settings, provider.GetRequiredService<TimeProvider>()));
            return;
        }
        services.AddSingleton(provider => Open(provider, settings, folder)).AddSingleton<IHitLog>(provider => provider.GetRequiredService<SpillingHitLog>());
        services.AddHostedService<SpillService>();
    }

    static SpillingHitLog Open(IServiceProvider provider, FootfallSettings settings, DataFolder folder)
    {
        var clock = provider.GetRequiredService<TimeProvider>();
        var logger = provider.GetRequiredService<ILogger<SegmentHitLog>>();
        var near = SegmentHitLog.Open(new SegmentHitLogOptions
        {
            Folder = folder.Spill,
            SegmentBytes = SpillSegmentBytes,
            Time = clock,
            Notify = notice => HitLogNotices.Tell(logger, notice.Kind.ToString(), notice.Message, notice.Bytes),
        });
        return new SpillingHitLog(Open(settings, clock), near, near.ReleasedBy(SpillingHitLog.ReaderName), (long)settings.QueueSpillMiB << 20, clock);
    }

    static RabbitMqHitLog Open(FootfallSettings settings, TimeProvider clock)
    {
        var options = new RabbitMqHitLogOptions
        {
            Nodes = settings.Queue,
            Prefix = settings.QueuePrefix,
            Partitions = settings.QueuePartitions,
            Replicas = settings.QueueReplicas,
            Management = Roles.Has(settings, Roles.Archiver) ? settings.QueueManagement : null,
            Time = clock,
        };
        try
        {
            return RabbitMqHitLog.OpenAsync(options, CancellationToken.None).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException refused)
        {
            throw new UserErrorException($"The queue cannot be used: {refused.Message}", refused);
        }
    }
}
