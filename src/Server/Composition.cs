using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Adapters.GeoIp;
using Footfall.Adapters.Memcached;
using Footfall.Adapters.Postgres;
using Footfall.Adapters.Sqlite;
using Footfall.Adapters.UserAgents;
using Footfall.Core.Accounts;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;
using Footfall.Core.Pipeline;
using Footfall.Core.Rebuild;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Admin;
using Footfall.Server.Analyses;
using Footfall.Server.Archive;
using Footfall.Server.Background;
using Footfall.Server.Backup;
using Footfall.Server.Collect;
using Footfall.Server.Dashboard;
using Footfall.Server.Erasure;
using Footfall.Server.People;
using Footfall.Server.Rebuild;
using Footfall.Server.Report;
using Footfall.Server.Search;
using Footfall.Server.SetAside;
using Footfall.Server.Settings;
using Footfall.Server.Share;
using Microsoft.AspNetCore.HttpOverrides;
using OpenTelemetry.Metrics;

namespace Footfall.Server;

/// <summary>Where the parts meet: only the Composition files name concrete adapters. Made from the store outward; the container ends them the other way round.</summary>
static class Composition
{
    /// <summary>Nobody waits for one question of a rebuild's comparison; it must only not hang.</summary>
    static readonly TimeSpan RebuildQuestionTimeout = TimeSpan.FromHours(1);

    // Of the log in segment files.
    const int EmbeddedPartitions = 1;

    public static WebApplication Build(FootfallSettings settings, DataFolder folder, TimeProvider clock)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        ConfigureHost(builder, settings);
        builder.Services.AddSingleton(settings).AddSingleton(folder).AddSingleton(clock);
        Deployment.Check(settings);
        builder.Services.AddSingleton<Draining>();
        AddStores(builder.Services, settings, folder);
        AddCollect(builder.Services, settings);
        AddArchive(builder.Services, settings, folder);
        AddProcess(builder.Services, settings);
        AddRebuild(builder.Services, settings, folder);
        CompositionOfReports.AddReport(builder.Services, settings);
        CompositionOfSearch.AddSearch(builder.Services, settings);
        CompositionOfAnalysis.AddAnalysis(builder.Services, settings);
        CompositionOfScheduler.AddScheduler(builder.Services, settings);
        AddAdmin(builder.Services);
        AddPeople(builder.Services);
        var app = builder.Build();
        Map(app, settings);
        return app;
    }

    /// <summary>
    /// From the first data format to this program's, in order. A name stays for ever; whoever changes the catalog, the log or the folder adds one.
    /// The warehouse needs none: one of another version is made anew from the log.
    /// </summary>
    public static IReadOnlyList<Migration> Migrations { get; } = [new("2026-11-catalog-people", folder => SqliteCatalog.Upgrade(folder.Catalog))];

    /// <summary>
    /// What a backup of a data folder holds. The log comes first: a catalog copied after it knows every site that its hits name, and what the log
    /// lets go of meanwhile is in the archive. What is not here can be made again, or must not be kept: the warehouse, the states of imports, the token of the running server.
    /// </summary>
    /// <param name="hasCatalog">Whether the folder holds the catalog; false when a database does, which has backups of its own.</param>
    public static IReadOnlyList<DataPart> DataParts(string data, bool hasCatalog) =>
    [
        new("log", end => SegmentFiles.UpTo(Path.Combine(data, "log"), end).Select(segment => new PartFile(
            "log/" + segment.Name, segment.Identity, target => FileCopy.Write(Path.Combine(data, "log", segment.Name), target, segment.Bytes)))),
        new("archive", end => ArchiveFiles.UpTo(Path.Combine(data, "archive"), end).Select(segment => new PartFile(
            "archive/" + segment.Name, segment.Identity, target => File.Copy(Path.Combine(data, "archive", segment.Name), target)))),
        new("catalog", _ => !hasCatalog ? [] : [new PartFile("catalog.db", null, target => SqliteCatalog.Copy(Path.Combine(data, "catalog.db"), target))]),
        new("erasures", _ => FileCopy.Below(data, "erasures")),
        new("settings", _ => FileCopy.Present(data, "version", "migrations", "footfall.json")),
    ];

    /// <summary>The log of a data folder that no server has, such as one that is being restored.</summary>
    public static IHitLog OpenLogAt(string data, IArchive archive) =>
        SegmentHitLog.Open(new SegmentHitLogOptions { Folder = Path.Combine(data, "log"), BeginAt = EndOf(archive) });

    public static IArchive OpenArchiveAt(string data) => OpenArchive(Path.Combine(data, "archive"), isShared: false);

    static FolderArchive OpenArchive(string folder, bool isShared)
    {
        var disk = new LogDisk();
        return FolderArchive.Open(new FolderArchiveOptions { Folder = folder, IsShared = isShared, Disk = new ArchiveDisk(disk.Sync, disk.SyncFolder) });
    }

    /// <summary>Removes what a data folder that no server has holds from an offset on.</summary>
    public static async Task CutHistoryAtAsync(string data, long offset, CancellationToken cancellation)
    {
        await using (var archive = OpenArchiveAt(data))
            await archive.CutAtAsync(new LogPosition(0, offset), cancellation);
        SegmentFiles.CutAt(Path.Combine(data, "log"), offset);
    }

    /// <summary>What no other process is called, on this machine or another, now or after a restart.</summary>
    static string ProcessName { get; } = $"{Environment.MachineName}-{Guid.CreateVersion7():n}";

    static long EndOf(IArchive archive) => archive.Segments(partition: 0) is [.., var newest] ? newest.End : 0;

    static void ConfigureHost(WebApplicationBuilder builder, FootfallSettings settings)
    {
        builder.Logging.ClearProviders().AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // What the host would write of a request lies below that level; asked whether it may, it would make an activity for each all the same.
            .AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None)
            // One line for each pass that did something.
            .AddFilter(typeof(SchedulerService).FullName, LogLevel.Information);
        // Inline: a request begins on the worker that took its bytes off the socket, and not on another one. Workers may block, for a report as before.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 8 * 1024 * 1024;
            kestrel.Listen(IPEndPoint.Parse(settings.Listen));
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.Configure<RouteHandlerOptions>(handler => handler.ThrowOnBadRequest = true);
        builder.Services.ConfigureHttpJsonOptions(http =>
        {
            http.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            http.SerializerOptions.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
            http.SerializerOptions.Converters.Add(new JsonStringEnumConverter<AddressPrivacy>(JsonNamingPolicy.SnakeCaseLower));
        });
        builder.Services.AddReportJson().AddOpenApi("v1", options => options.AddReports().AddTitle());
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(FootfallMeters.Name, "Microsoft.AspNetCore.Server.Kestrel")
            .AddRuntimeInstrumentation()
            .AddPrometheusExporter());
    }

    static void AddStores(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        if (settings.Database is { } database)
            AddDatabase(services, database);
        else
            AddCatalog(services, folder);
        if (settings.Cache.Count > 0)
            services.AddSingleton<IReportCache>(provider => OpenCache(provider, settings));
        AddLog(services, settings, folder);
        AddWarehouse(services, settings, folder);
        services.AddSingleton<IUserAgents>(_ => new UapUserAgents());
        services.AddSingleton<IGeography>(_ => new MmdbGeography(settings.GeoFile is { } file ? [file] : MmdbGeography.BundledFiles(AppContext.BaseDirectory)));
        services.AddSingleton(_ => SourcesFile.Read(settings)).AddSingleton<EnrichmentRules>();
        services.AddSingleton(provider =>
        {
            var directory = new SiteDirectory();
            directory.Load(provider.GetRequiredService<ICatalog>().Sites());
            return directory;
        });
    }

    /// <summary>A file in the data folder, or files in a folder that other processes see as well.</summary>
    static void AddWarehouse(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        if (settings.WarehouseFolder is not { } shared)
        {
            services.AddSingleton(_ => LowPriority.Make(() => DuckDbWarehouse.OpenOrRebuild(folder.Warehouse, settings.WarehouseMemoryMiB)));
            services.AddSingleton<IWarehouse>(provider => provider.GetRequiredService<DuckDbWarehouse>());
            services.AddSingleton(provider => provider.GetRequiredService<DuckDbWarehouse>().Tables);
            return;
        }
        // Were it made here, a mount that is missing would go unnoticed until the disk beneath it is full.
        if (!Directory.Exists(shared))
            throw new UserErrorException($"The folder of the warehouse, {Path.GetFullPath(shared)}, does not exist; make or mount it.");
        var disk = new LogDisk();
        services.AddSingleton(provider => LowPriority.Make(() => new ParquetTables(new ParquetOptions
        {
            Folder = Path.GetFullPath(shared),
            Disk = new WarehouseDisk(file => disk.Sync(file), disk.SyncFolder),
            Partitions = [.. Enumerable.Range(0, settings.Queue.Count > 0 ? settings.QueuePartitions : EmbeddedPartitions)],
            Scratch = folder.Scratch,
            MemoryMiB = Math.Max(64, settings.WarehouseMemoryMiB / 2),
            Time = provider.GetRequiredService<TimeProvider>(),
        })));
        services.AddSingleton<IReportTables>(provider => provider.GetRequiredService<ParquetTables>());
        services.AddSingleton<ParquetWarehouse>().AddSingleton<IWarehouse>(provider => provider.GetRequiredService<ParquetWarehouse>());
    }

    /// <summary>
    /// Files in the data folder, or a queue that processes share. Only with a queue is there work to share out: each server with a log of its own
    /// has all of it, whatever database it uses.
    /// </summary>
    static void AddLog(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        if (settings.Queue.Count == 0)
            services.AddSingleton<IHitLog>(provider => OpenLog(provider, folder));
        else
            CompositionOfQueue.AddQueue(services, settings, folder);
        if (settings.Queue.Count > 0 && settings.Database is not null)
            services.AddSingleton<ILeases>(provider => provider.GetRequiredService<PostgresLeases>());
        else
            services.AddSingleton<ILeases, OwnLeases>();
    }

    static void AddCatalog(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton<ICatalog>(_ => new SqliteCatalog(folder.Catalog));
        services.AddSingleton<IPeople>(_ => new SqlitePeople(folder.Catalog)).AddSingleton<IGrants>(_ => new SqliteGrants(folder.Catalog));
        services.AddSingleton<ILeases, OwnLeases>();
    }

    /// <summary>What nodes share: none may remember of it what another has changed, so each follows the changes.</summary>
    static void AddDatabase(IServiceCollection services, string connection)
    {
        services.AddSingleton(provider => PostgresDatabase.Open(connection, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PostgresCatalog>().AddSingleton<ICatalog>(provider => provider.GetRequiredService<PostgresCatalog>());
        services.AddSingleton<IPeople, PostgresPeople>().AddSingleton<IGrants, PostgresGrants>();
        services.AddSingleton<PostgresLeases>().AddSingleton<IRollupStore, PostgresRollupStore>();
        services.AddSingleton(provider =>
        {
            var keys = provider.GetRequiredService<KeyRing>();
            return new CatalogFollower(provider.GetRequiredService<PostgresCatalog>().Changes, provider.GetRequiredService<SiteDirectory>(), keys.Forget);
        });
        services.AddHostedService(provider => new CatalogFollowService(
            provider.GetRequiredService<CatalogFollower>(),
            provider.GetRequiredService<PostgresDatabase>().StandbyLag,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<CatalogFollowService>>()));
    }

    /// <summary>Keys begin with what no other installation knows, so that those who share the nodes can neither mix up nor guess each other's answers.</summary>
    static MemcachedReportCache OpenCache(IServiceProvider provider, FootfallSettings settings)
    {
        var scope = provider.GetRequiredService<IGrants>().Secret("cache keys", RandomNumberGenerator.GetBytes(12));
        return new MemcachedReportCache(settings.Cache, Convert.ToHexStringLower(scope) + ":", provider.GetRequiredService<TimeProvider>());
    }

    static void AddCollect(IServiceCollection services, FootfallSettings settings)
    {
        services.AddSingleton<DailySecrets>().AddSingleton<Collector>().AddSingleton<CollectEndpoints>().AddSingleton<TrackerEndpoints>().AddSingleton(new RateLimits(settings))
            .AddSingleton(provider => new IntakePressure(MachineTime.Read, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<KeyRing>().AddSingleton<FootfallMeters>().AddSingleton<RequestDurations>().AddHostedService<HousekeepingService>();
    }

    static void AddArchive(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        services.AddSingleton<IArchive>(_ => OpenArchive(settings.ArchiveFolder ?? folder.Archive, isShared: settings.Queue.Count > 0));
        services.AddSingleton(new ArchiverOptions { Period = TimeSpan.FromSeconds(settings.ArchiveSealSeconds), Every = TimeSpan.FromSeconds(Math.Min(5, settings.ArchiveSealSeconds)) });
        services.AddSingleton<ArchiveTurn>().AddSingleton(provider => new Archivers(
            ShareOf(provider, Roles.Archiver),
            partition => ActivatorUtilities.CreateInstance<Archiver>(provider, partition),
            provider.GetRequiredService<IHitLog>(),
            provider.GetRequiredService<IArchive>()));
        services.AddSingleton(_ => new ErasureFiles(Path.Combine(folder.Path, "erasures"))).AddSingleton<Erasures>().AddSingleton<ArchiveUpkeep>();
        if (Roles.Has(settings, Roles.Archiver))
            services.AddHostedService<ArchiverService>().AddHostedService<ArchiveUpkeepService>().AddHostedService<ErasureService>();
    }

    static void AddProcess(IServiceCollection services, FootfallSettings settings)
    {
        // A history of its own for each, because its reads are for one reader at a time.
        services.AddSingleton(provider => new Processors(
            ShareOf(provider, Roles.Processor),
            (partition, epoch) => ActivatorUtilities.CreateInstance<Processor>(
                provider,
                partition,
                ActivatorUtilities.CreateInstance<HitHistory>(provider),
                ProcessorOptionsOf(settings).SharedBy(provider.GetRequiredService<IHitLog>().Partitions),
                epoch),
            provider.GetRequiredService<IHitLog>(),
            provider.GetRequiredService<IWarehouse>()));
        services.AddSingleton<LogReach>();
        if (Roles.Has(settings, Roles.Processor))
            services.AddHostedService<ProcessorService>();
    }

    static LeasedWork ShareOf(IServiceProvider provider, string role) => new(
        provider.GetRequiredService<ILeases>(), role, provider.GetRequiredService<IHitLog>().Partitions, ProcessName, provider.GetRequiredService<TimeProvider>());

    static void AddRebuild(IServiceCollection services, FootfallSettings settings, DataFolder folder)
    {
        services.AddSingleton<IRebuildStore>(provider => settings.WarehouseFolder is null && settings.Queue.Count == 0
            ? new DuckDbRebuildStore(
                provider.GetRequiredService<DuckDbWarehouse>(),
                folder.Rebuild,
                Math.Max(64, settings.WarehouseMemoryMiB / 2),
                RebuildQuestionTimeout,
                provider.GetRequiredService<TimeProvider>())
            : new NoRebuildStore("with 'warehouse_folder' or 'queue' set, history is not rebuilt by a command yet; delete the warehouse while no process runs, and it is made anew"));
        services.AddSingleton(provider => new Rebuilder(
            provider.GetRequiredService<IRebuildStore>(),
            provider.GetRequiredService<IWarehouse>(),
            () => new HitHistory(provider.GetRequiredService<IHitLog>(), provider.GetRequiredService<IArchive>()),
            provider.GetRequiredService<IArchive>(),
            provider.GetRequiredService<Processors>(),
            provider.GetRequiredService<SiteDirectory>(),
            provider.GetRequiredService<EnrichmentRules>(),
            provider.GetRequiredService<TimeProvider>(),
            new ProcessorOptions { DedupeDays = settings.DedupeDays, BatchBytesMax = 8 * 1024 * 1024, CompactEvery = 1_000_000 },
            provider.GetService<CommitWatch>()));
        services.AddSingleton(_ => new RebuildFiles(folder.Rebuild)).AddSingleton<Rebuilds>().AddSingleton<RebuildEndpoints>();
        if (Roles.Has(settings, Roles.Processor))
            services.AddHostedService<RebuildService>();
    }

    /// <summary>Into a shared folder each commit is several files, so that hits are gathered for longer.</summary>
    static ProcessorOptions ProcessorOptionsOf(FootfallSettings settings)
    {
        var options = new ProcessorOptions { DedupeDays = settings.DedupeDays, IsOfTheMachine = failure => failure is IOException };
        return settings.WarehouseFolder is null ? options : options with { Gather = TimeSpan.FromSeconds(settings.WarehouseCommitSeconds) };
    }

    /// <summary>Opened after the warehouse and the archive, which know how far the log once reached.</summary>
    static SegmentHitLog OpenLog(IServiceProvider provider, DataFolder folder)
    {
        var warehouse = provider.GetService<DuckDbWarehouse>()?.PositionOf(partition: 0) ?? provider.GetRequiredService<ParquetWarehouse>().PositionOf(partition: 0);
        var logger = provider.GetRequiredService<ILogger<SegmentHitLog>>();
        return SegmentHitLog.Open(new SegmentHitLogOptions
        {
            Folder = folder.Log,
            ReadTo = warehouse.Offset,
            BeginAt = EndOf(provider.GetRequiredService<IArchive>()),
            Time = provider.GetRequiredService<TimeProvider>(),
            Notify = notice => HitLogNotices.Tell(logger, notice.Kind.ToString(), notice.Message, notice.Bytes),
        });
    }

    static void AddAdmin(IServiceCollection services) => services
        .AddSingleton<SiteEndpoints>().AddSingleton<LedgerEndpoints>().AddSingleton<HealthEndpoints>().AddSingleton<StatusEndpoints>()
        .AddSingleton<VerificationEndpoint>().AddSingleton<BooksEndpoints>().AddSingleton<KeyEndpoints>().AddSingleton<AnnotationEndpoints>()
        .AddSingleton<Access>().AddSingleton<ArchiveEndpoints>().AddSingleton<ErasureEndpoints>().AddSingleton<SetAsideEndpoints>();

    static void AddPeople(IServiceCollection services) => services
        .AddSingleton<Passwords>().AddSingleton<LockOut>().AddSingleton<Attempts>().AddSingleton<SignIns>().AddSingleton<SecondFactors>().AddSingleton<EntryLinks>()
        .AddSingleton<SessionEndpoints>().AddSingleton<EntryEndpoints>().AddSingleton<InvitationEndpoints>().AddSingleton<MemberEndpoints>().AddSingleton<MeEndpoints>()
        .AddSingleton<Views>().AddSingleton<LinkEndpoints>().AddSingleton<SharedEndpoints>();

    static void Map(WebApplication app, FootfallSettings settings)
    {
        var durations = app.Services.GetRequiredService<RequestDurations>();
        app.Use(next => context => durations.InvokeAsync(context, next));
        app.Use(next => context => RequestIds.KeepFromProxiesAsync(context, settings, next));
        if (settings.TrustedProxies.Count > 0)
            app.UseForwardedHeaders(Forwarded(settings));
        if (settings.Database is not null)
            app.Use(next => context => DatabaseOutage.TellAsync(context, next));
        var services = app.Services;
        var access = services.GetRequiredService<Access>();
        app.Use(next => context => access.InvokeAsync(context, next));
        var open = app.MapGroup("").WithMetadata(Need.Nothing);
        if (Roles.Has(settings, Roles.Collector))
        {
            services.GetRequiredService<CollectEndpoints>().Map(open);
            services.GetRequiredService<TrackerEndpoints>().Map(open);
        }
        services.GetRequiredService<HealthEndpoints>().Map(open);
        open.MapPrometheusScrapingEndpoint("/metrics");
        open.MapOpenApi("/openapi/{documentName}.json");
        MapAdmin(app);
        if (Roles.Has(settings, Roles.Reporter))
            MapReport(app);
        Access.Check(app);
    }

    static void MapAdmin(WebApplication app)
    {
        var services = app.Services;
        var read = app.MapGroup("").WithMetadata(Need.Reading);
        services.GetRequiredService<SiteEndpoints>().Map(app);
        services.GetRequiredService<LedgerEndpoints>().Map(read);
        services.GetRequiredService<StatusEndpoints>().Map(read);
        services.GetRequiredService<VerificationEndpoint>().Map(read);
        var operating = app.MapGroup("").WithMetadata(Need.Operator);
        services.GetRequiredService<BooksEndpoints>().Map(operating);
        services.GetRequiredService<ArchiveEndpoints>().Map(operating);
        services.GetRequiredService<ErasureEndpoints>().Map(operating);
        services.GetRequiredService<DumpEndpoints>().Map(operating);
        services.GetRequiredService<SetAsideEndpoints>().Map(operating);
        services.GetRequiredService<SearchEndpoints>().Map(app.MapGroup("").WithMetadata(SearchEndpoints.Need));
        services.GetRequiredService<RebuildEndpoints>().Map(app.MapGroup("").WithMetadata(RebuildEndpoints.Need));
        services.GetRequiredService<AnalysisEndpoints>().Map(app.MapGroup("").WithMetadata(AnalysisEndpoints.Need));
        services.GetRequiredService<AnnotationEndpoints>().Map(app);
        services.GetRequiredService<KeyEndpoints>().Map(app);
        services.GetRequiredService<SessionEndpoints>().Map(app);
        services.GetRequiredService<EntryEndpoints>().Map(app);
        services.GetRequiredService<InvitationEndpoints>().Map(app);
        services.GetRequiredService<MemberEndpoints>().Map(app);
        services.GetRequiredService<MeEndpoints>().Map(app);
        services.GetRequiredService<LinkEndpoints>().Map(app);
        services.GetRequiredService<SharedEndpoints>().Map(app);
    }

    static void MapReport(WebApplication app)
    {
        var services = app.Services;
        app.MapReports();
        services.GetRequiredService<OverviewEndpoint>().Map(app.MapGroup("").WithMetadata(Need.Reading));
        services.GetRequiredService<LiveEndpoint>().Map(app.MapGroup("").WithMetadata(ReportEndpoints.LiveNeed));
        services.GetRequiredService<DashboardEndpoints>().Map(app.MapGroup("").WithMetadata(Need.Nothing));
    }

    /// <summary>The nearest address that is not one of the trusted proxies, however many of them stand in a row.</summary>
    static ForwardedHeadersOptions Forwarded(FootfallSettings settings)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in settings.TrustedProxies)
            options.KnownIPNetworks.Add(network);
        return options;
    }
}
