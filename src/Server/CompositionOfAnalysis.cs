using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Adapters.Postgres;
using Footfall.Adapters.Spark;
using Footfall.Core.Leases;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Server.Analyses;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>
/// Where the scheduled analysis of a shared warehouse is put together: by Spark or by DuckDB, with what it finds kept in PostgreSQL. A process that has its
/// warehouse to itself makes its rollups as events come in, and needs none.
/// </summary>
static partial class CompositionOfAnalysis
{
    const string Analysis = "analysis";

    /// <summary>An analysis may read long, and nobody waits for it.</summary>
    static readonly TimeSpan LongestStatement = TimeSpan.FromMinutes(30);

    public static void AddAnalysis(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton<AnalysisEndpoints>();
        if (!IsShared(settings))
            return;
        CompositionOfReports.AddMemory(services, settings);
        services.AddSingleton<IAnalysisBook, PostgresAnalysisBook>();
        // Every processor takes out the rollups that its commits change, whether or not it is told that there are any.
        services.AddSingleton(provider => new CommitWatch(
            provider.GetRequiredService<SiteDirectory>(), provider.GetRequiredService<IRollupStore>(), provider.GetRequiredService<TimeProvider>(), provider.GetService<LiveDataVersions>()));
        services.AddSingleton<IRollupSource>(provider => new DuckDbRollupSource(
            provider.GetRequiredService<IReportTables>(),
            TimeSpan.FromSeconds(settings.ReportTimeoutSeconds),
            Math.Max(2, Environment.ProcessorCount),
            provider.GetRequiredService<TimeProvider>()));
        if (settings.Spark is { } address)
            AddSpark(services, settings, address);
        else
            AddDuckDb(services);
        services.AddSingleton(provider => Open(provider, settings)).AddSingleton<AnalysisMeters>();
        services.AddSingleton(provider =>
        {
            var analysis = provider.GetRequiredService<ScheduledAnalysis>();
            // Made where the analysis may run: it tells what this process's runs cost.
            provider.GetRequiredService<AnalysisMeters>();
            return new ScheduledJob(Analysis, TimeSpan.FromMinutes(settings.AnalysisMinutes), analysis.RunAsync);
        });
    }

    /// <summary>What answers reports over a shared warehouse: rollups before the engine, where there are any.</summary>
    public static IReportEngine Reports(IServiceProvider provider, FootfallSettings settings)
    {
        IReportEngine engine = provider.GetRequiredService<DuckDbReportEngine>();
        if (settings.SparkReportsFromDays > 0)
            engine = LongBySpark(provider, settings, engine);
        return settings.RollupsFromEvents > 0 && IsShared(settings) ? CompositionOfReports.OpenRollups(provider, engine) : engine;
    }

    static LongReports LongBySpark(IServiceProvider provider, FootfallSettings settings, IReportEngine near)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<LongReports>();
        var far = new SparkReportEngine(provider.GetRequiredService<SparkClient>(), provider.GetRequiredService<ParquetTables>(), () => CompositionOfReports.Definitions(provider));
        return new LongReports(near, far, settings.SparkReportsFromDays, failure => AnsweredNear(logger, failure.Message));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A long report was answered without Spark: {Reason}")]
    static partial void AnsweredNear(ILogger logger, string reason);

    static bool IsShared(FootfallSettings settings) => settings.WarehouseFolder is not null && settings.Database is not null;

    static void AddSpark(IServiceCollection services, FootfallSettings settings, Uri address)
    {
        services.AddSingleton(provider => new SparkClient(new SparkOptions
        {
            Address = address,
            Token = settings.SparkToken,
            AuthorityFile = settings.SparkAuthority,
            Folder = Path.GetFullPath(settings.WarehouseFolder!),
            FolderForSpark = settings.SparkWarehouseFolder ?? "file://" + Path.GetFullPath(settings.WarehouseFolder!),
            Timeout = LongestStatement,
            Time = provider.GetRequiredService<TimeProvider>(),
        }));
        services.AddKeyedSingleton<IRollupSource>(Analysis, (provider, _) =>
            new SparkRollupSource(provider.GetRequiredService<SparkClient>(), provider.GetRequiredService<ParquetTables>()));
        services.AddSingleton<IGrowthSource>(provider =>
            new SparkGrowthSource(provider.GetRequiredService<SparkClient>(), provider.GetRequiredService<ParquetTables>()));
    }

    static void AddDuckDb(IServiceCollection services)
    {
        services.AddKeyedSingleton<IRollupSource>(Analysis, (provider, _) => new DuckDbRollupSource(
            provider.GetRequiredService<IReportTables>(), LongestStatement, atOnce: 1, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IGrowthSource>(provider =>
            new DuckDbGrowthSource(provider.GetRequiredService<IReportTables>(), LongestStatement, provider.GetRequiredService<TimeProvider>()));
    }

    static ScheduledAnalysis Open(IServiceProvider provider, FootfallSettings settings)
    {
        var (sites, store, clock) = (provider.GetRequiredService<SiteDirectory>(), provider.GetRequiredService<IRollupStore>(), provider.GetRequiredService<TimeProvider>());
        var maker = new RollupMaker(
            provider.GetRequiredKeyedService<IRollupSource>(Analysis), store, sites, clock, new RollupMakerOptions { EventsMin = settings.RollupsFromEvents, Rest = 0 });
        return new ScheduledAnalysis(
            settings.Spark is null ? "duckdb" : "spark", provider.GetRequiredService<IGrowthSource>(), provider.GetRequiredService<IAnalysisBook>(), maker, store, sites, clock,
            new AnalysisOptions { RollupsFromEvents = settings.RollupsFromEvents, SitesAtOnce = provider.GetService<SparkClient>()?.Options.Sessions ?? 1 });
    }
}
