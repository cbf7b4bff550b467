using Footfall.Core.Leases;
using Footfall.Server.Background;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>
/// Where the scheduled jobs are put together. A further one is a <see cref="ScheduledJob"/> in the container: it runs in one process of the installation
/// at a time, with a log line and a metric for each pass.
/// </summary>
static class CompositionOfScheduler
{
    public static void AddScheduler(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton(provider => new Scheduler(
            provider.GetRequiredService<ILeases>(), [.. provider.GetServices<ScheduledJob>()], provider.GetRequiredService<TimeProvider>()));
        if (Roles.Has(settings, Roles.Scheduler))
            services.AddHostedService<SchedulerService>();
    }
}
