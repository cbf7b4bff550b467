using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Enrichment;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Server.Dashboard;
using Footfall.Server.Report;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>Where what answers reports is put together.</summary>
static class CompositionOfReports
{
    public static void AddReport(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton<DashboardEndpoints>().AddSingleton<OverviewEndpoint>().AddSingleton<LatestTraffic>().AddSingleton<LiveEndpoint>().AddSingleton<LiveSites>();
        services.AddSingleton(provider => new DuckDbReportEngine(
            provider.GetRequiredService<IReportTables>(),
            TimeSpan.FromSeconds(settings.ReportTimeoutSeconds),
            Math.Max(2, Environment.ProcessorCount),
            () => Definitions(provider),
            provider.GetRequiredService<TimeProvider>()));
        if (settings.Cache.Count == 0)
            services.AddSingleton<IReportCache>(_ => new MemoryReportCache(settings.ReportMemoryMiB * 1_048_576L / 4));
        if (settings.WarehouseFolder is null)
            AddQuickAnswers(services, settings);
        else
            services.AddSingleton<IDataVersions>(provider => new ParquetDataVersions(provider.GetRequiredService<ParquetTables>()));
        services.AddSingleton(provider => new CachedReportEngine(
            Uncached(provider, settings), provider.GetRequiredService<IReportCache>(), provider.GetRequiredService<IDataVersions>(), () => Definitions(provider)));
        services.AddSingleton<IReportEngine>(provider => provider.GetRequiredService<CachedReportEngine>());
    }

    static IReportEngine Uncached(IServiceProvider provider, FootfallSettings settings)
    {
        if (settings.WarehouseFolder is not null)
            return CompositionOfAnalysis.Reports(provider, settings);
        var engine = provider.GetRequiredService<DuckDbReportEngine>();
        return settings.RollupsFromEvents == 0 ? engine : OpenRollups(provider, engine);
    }

    /// <summary>Rollups, and versions that the processor moves. Both live on being told of every commit, which a process that shares its warehouse is not.</summary>
    static void AddQuickAnswers(IServiceCollection services, FootfallSettings settings)
    {
        AddRollups(services, settings);
        services.AddSingleton(_ => new LiveDataVersions(Guid.NewGuid().ToString("N"))).AddSingleton<IDataVersions>(provider => provider.GetRequiredService<LiveDataVersions>());
        services.AddSingleton<CommitWatch>();
        if (settings.RollupsFromEvents > 0 && Roles.Has(settings, Roles.Processor))
            services.AddHostedService<RollupService>();
    }

    public static void AddMemory(IServiceCollection services, FootfallSettings settings) => services.AddSingleton(provider =>
        new RollupMemory(provider.GetRequiredService<IRollupStore>(), settings.ReportMemoryMiB * 1_048_576L * 3 / 4));

    /// <summary>The engine behind rollups.</summary>
    public static RollupReportEngine OpenRollups(IServiceProvider provider, IReportEngine engine) => new RollupReportEngine(
        engine,
        provider.GetRequiredService<IRollupSource>(),
        provider.GetRequiredService<IRollupStore>(),
        provider.GetRequiredService<RollupMemory>(),
        () => Definitions(provider),
        provider.GetRequiredService<TimeProvider>());

    static void AddRollups(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton<IRollupStore>(provider => new DuckDbRollupStore(provider.GetRequiredService<DuckDbWarehouse>().Connect));
        services.AddSingleton<IRollupSource>(provider => new DuckDbRollupSource(
            provider.GetRequiredService<DuckDbWarehouse>().Connect,
            TimeSpan.FromSeconds(settings.ReportTimeoutSeconds),
            Math.Max(2, Environment.ProcessorCount),
            provider.GetRequiredService<TimeProvider>()));
        AddMemory(services, settings);
        services.AddSingleton(provider => new RollupMaker(
            provider.GetRequiredService<IRollupSource>(),
            provider.GetRequiredService<IRollupStore>(),
            provider.GetRequiredService<SiteDirectory>(),
            provider.GetRequiredService<TimeProvider>(),
            new RollupMakerOptions { EventsMin = settings.RollupsFromEvents }));
    }

    public static string Definitions(IServiceProvider provider) => DefinitionVersion.Of(provider.GetRequiredService<EnrichmentRules>());
}
