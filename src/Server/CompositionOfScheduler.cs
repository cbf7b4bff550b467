using Footfall.Core.Leases;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Server.Background;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>
/// Where the scheduled jobs are put together. A further one is a <see cref="ScheduledJob"/> in the container: it runs in one process of the installation
/// at a time, with a log line and a metric for each pass.
/// </summary>
static class CompositionOfScheduler
{
    /// <summary>Short, because an answer of today is good until the site's next commit; a pass that finds all answers there costs a few questions to the cache.</summary>
    static readonly TimeSpan HotAnswersEvery = TimeSpan.FromSeconds(5);

    public static void AddScheduler(IServiceCollection services, FootfallSettings settings)
    {
        if (settings.AheadSites > 0 && settings.Cache.Count > 0 && settings.WarehouseFolder is not null)
            AddHotAnswers(services, settings);
        services.AddSingleton(provider => new Scheduler(
            provider.GetRequiredService<ILeases>(), [.. provider.GetServices<ScheduledJob>()], provider.GetRequiredService<TimeProvider>()));
        if (Roles.Has(settings, Roles.Scheduler))
            services.AddHostedService<SchedulerService>();
    }

    /// <summary>Only where others find them: a process that has its warehouse to itself keeps what it is asked in its own memory.</summary>
    static void AddHotAnswers(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton(provider => new HotAnswers(
            provider.GetRequiredService<CachedReportEngine>(),
            provider.GetRequiredService<SiteDirectory>(),
            provider.GetRequiredService<TimeProvider>(),
            new HotAnswersOptions { SitesMost = settings.AheadSites, PassMost = TimeSpan.FromSeconds(settings.AheadPassSeconds) }));
        services.AddSingleton(provider => new ScheduledJob(
            "hot-answers", HotAnswersEvery, (_, cancellation) => provider.GetRequiredService<HotAnswers>().PassAsync(cancellation)));
    }
}
