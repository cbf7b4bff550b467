using System.Globalization;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.Leases;
using Footfall.Core.Pipeline;
using Footfall.Core.Rebuild;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Rebuild;

/// <summary>A live warehouse with its log and archive, and the rebuild beside it; what happens in it happens in order.</summary>
sealed class RebuildWorld : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-rebuild-");
    readonly ArchiveScratch _archiveFolder = new();
    readonly FolderArchive _archive;
    readonly DuckDbReportEngine _engine;
    readonly DuckDbRollupSource _source;
    readonly DuckDbRollupStore _rollups;
    readonly RollupMemory _memory;
    readonly CommitWatch _watch;

    public RebuildWorld(EnrichmentRules? rules = null)
    {
        Rules = rules ?? StillAgents.Rules;
        _archive = _archiveFolder.Open();
        Warehouse = DuckDbWarehouse.Open(Path.Combine(_folder.FullName, "warehouse.duckdb"), 256);
        Store = new DuckDbRebuildStore(Warehouse, Path.Combine(_folder.FullName, "rebuild"), 128, TimeSpan.FromMinutes(5), TimeProvider.System);
        _engine = new DuckDbReportEngine(Warehouse.Connect, TimeSpan.FromMinutes(5), 2, () => "none", TimeProvider.System);
        _source = new DuckDbRollupSource(Warehouse.Connect, TimeSpan.FromMinutes(5), 2, TimeProvider.System);
        _rollups = new DuckDbRollupStore(Warehouse.Connect);
        _memory = new RollupMemory(_rollups, 1 << 24);
        var versions = new LiveDataVersions("world");
        // Soon after the traffic: of every day until now there would be a rollup of nothing.
        var clock = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).AddDays(6));
        _watch = new CommitWatch(Sites, _rollups, clock, versions);
        var rolled = new RollupReportEngine(_engine, _source, _rollups, _memory, () => "none", clock);
        Quick = new CachedReportEngine(rolled, new KeptAnswers(), versions, () => "none");
        Maker = new RollupMaker(_source, _rollups, Sites, clock, new RollupMakerOptions { EventsMin = 0, Rest = 0 });
    }

    public MemoryHitLog Log { get; } = new();

    public SiteDirectory Sites { get; } = SimulatedTraffic.Sites();

    /// <summary>The rules of live processing and of a rebuild begun from now on.</summary>
    public EnrichmentRules Rules { get; set; }

    public DuckDbWarehouse Warehouse { get; }

    public IRebuildStore Store { get; }

    public List<HistoryChange> Changes { get; } = [];

    /// <summary>Asks the rows.</summary>
    public IReportEngine Engine => _engine;

    /// <summary>Asks kept answers and rollups first, as a server does.</summary>
    public IReportEngine Quick { get; }

    public RollupMaker Maker { get; }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Appends records, and has the live processor work them off.</summary>
    public async Task ReceiveAsync(IEnumerable<byte[]> records)
    {
        // Nothing is archived here, so the log must keep everything.
        await Log.ReleaseAsync("archive", Log.Start(0), Stop);
        foreach (var record in records)
            await Log.AppendAsync(0, record, Stop);
        using var processor = NewProcessor(0);
        await processor.OpenAsync(Stop);
        while (processor.Position.Offset < Log.End(0).Offset)
            await processor.StepAsync(Stop);
    }

    /// <summary>Steps until nothing more is done by itself.</summary>
    /// <param name="store">In place of the world's own, to fail where it wants.</param>
    /// <param name="between">Done after each step that got through.</param>
    public async Task<(RebuildState State, RebuildDifference? Difference)> RunAsync(RebuildState state, IRebuildStore? store = null, Func<Task>? between = null)
    {
        RebuildDifference? found = null;
        while (state.IsAtWork)
        {
            try
            {
                (state, var difference) = await StepAsync(state, store ?? Store);
                found = difference ?? found;
            }
            catch (CrashException)
            {
                // The next process begins from the state that was kept.
                continue;
            }
            if (between is not null)
                await between();
        }
        return (state, found);
    }

    public RebuildState Begin(IReadOnlyList<int>? sites = null, DateOnly? from = null, DateOnly? to = null) =>
        NewRebuilder(Store, NewProcessors()).Begin("one", sites, from, to, dryRun: false, switchWhenReady: false);

    /// <summary>Tries again what is set aside, with the rules of today.</summary>
    public async Task<ReplayedHits> ReplayAsync()
    {
        using var processor = NewProcessor(epoch: 0);
        await processor.OpenAsync(Stop);
        return await processor.ReplaySetAsideAsync(site: null, Stop);
    }

    /// <summary>Everything that is known of visits and their events, but for the numbers they are known by; in order.</summary>
    public List<string> Dump() => [.. Rows(
        """
        SELECT e.site, e.visitor, e.occurred_at, e.received_at, e.log_offset, e.name, e.page, e.hostname, e.key_event, e.bot, e.time_replaced,
               v.started_at, v.ended_at, v.pageviews, v.events, v.interactions, v.entry_page, v.exit_page, v.source, v.medium, v.channel, v.session_key
        FROM events_all e LEFT JOIN visits_all v USING (site, visit) ORDER BY ALL
        """), .. Rows("SELECT count(*), count(DISTINCT (site, visit)), sum(events) FROM visits_all"), .. Ledger()];

    public List<string> Ledger() => Rows("SELECT site, hour, outcome, sum(hits) AS hits FROM ledger GROUP BY ALL HAVING sum(hits) <> 0 ORDER BY ALL");

    public List<string> Rows(string sql)
    {
        using var reader = Warehouse.Connect();
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<string>();
        while (rows.Read())
            found.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => Convert.ToString(rows.GetValue(column), CultureInfo.InvariantCulture))));
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        _memory.Dispose();
        _rollups.Dispose();
        _source.Dispose();
        _engine.Dispose();
        await Warehouse.DisposeAsync();
        await _archive.DisposeAsync();
        _archiveFolder.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Beside processors that work, as in a server: a switch has them rest.</summary>
    async Task<(RebuildState State, RebuildDifference? Difference)> StepAsync(RebuildState state, IRebuildStore store)
    {
        var processors = NewProcessors();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var working = processors.RunAsync(failure => Assert.Fail(failure.ToString()), stop.Token);
        try
        {
            while (processors.Partitions.Count == 0)
                await Task.Delay(1, Stop);
            return await NewRebuilder(store, processors).StepAsync(state, Stop);
        }
        finally
        {
            await stop.CancelAsync();
            await working;
        }
    }

    Processors NewProcessors()
    {
        var share = new LeasedWork(new OwnLeases(TimeProvider.System), "processor", pieces: 1, "world", TimeProvider.System);
        var processors = new Processors(share, (_, epoch) => NewProcessor(epoch), Log, Warehouse);
        processors.HistoryChanged += Changes.Add;
        return processors;
    }

    Processor NewProcessor(long epoch) => new(
        0, Log, Warehouse, Sites, Rules, TimeProvider.System, new ProcessorOptions { BatchBytesMax = 6_000, CompactEvery = 60 }, epoch, _watch);

    Rebuilder NewRebuilder(IRebuildStore store, Processors processors) => new(
        store, Warehouse, () => new HitHistory(Log, _archive), _archive, processors, Sites, Rules, TimeProvider.System,
        new ProcessorOptions { BatchBytesMax = 9_000, CompactEvery = 100 }, _watch);

    /// <summary>Forgets nothing, so that whatever is asked again under a version that stayed is found.</summary>
    sealed class KeptAnswers : IReportCache
    {
        readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation) => new(_entries.GetValueOrDefault(key));

        public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
        {
            _entries[key] = value.ToArray();
            return ValueTask.CompletedTask;
        }
    }
}
