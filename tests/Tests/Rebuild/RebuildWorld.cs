using System.Globalization;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.Enrichment;
using Footfall.Core.Pipeline;
using Footfall.Core.Rebuild;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Rebuild;

/// <summary>A live warehouse with its log and archive, and the rebuild beside it; what happens in it happens in order.</summary>
sealed class RebuildWorld : IAsyncDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-rebuild-");
    readonly ArchiveScratch _archiveFolder = new();
    readonly FolderArchive _archive;
    Processor _processor = null!;

    public RebuildWorld(EnrichmentRules? rules = null)
    {
        Rules = rules ?? StillAgents.Rules;
        _archive = _archiveFolder.Open();
        Warehouse = DuckDbWarehouse.Open(Path.Combine(_folder.FullName, "warehouse.duckdb"), 256);
        Store = new DuckDbRebuildStore(Warehouse, Path.Combine(_folder.FullName, "rebuild"), 128, TimeSpan.FromMinutes(5), TimeProvider.System);
    }

    public MemoryHitLog Log { get; } = new();

    public SiteDirectory Sites { get; } = SimulatedTraffic.Sites();

    /// <summary>The rules of live processing and of a rebuild begun from now on.</summary>
    public EnrichmentRules Rules { get; set; }

    public DuckDbWarehouse Warehouse { get; }

    public IRebuildStore Store { get; }

    public List<HistoryChange> Changes { get; } = [];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Appends records, and has the live processor work them off.</summary>
    public async Task ReceiveAsync(IEnumerable<byte[]> records)
    {
        // Nothing is archived here, so the log must keep everything.
        await Log.ReleaseAsync("archive", Log.Start(0), Stop);
        foreach (var record in records)
            await Log.AppendAsync(0, record, Stop);
        var processor = NewProcessor();
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
                (state, var difference) = await NewRebuilder(store ?? Store).StepAsync(state, Stop);
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
        NewRebuilder(Store).Begin("one", sites, from, to, dryRun: false, switchWhenReady: false);

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
        _processor?.Dispose();
        await Warehouse.DisposeAsync();
        await _archive.DisposeAsync();
        _archiveFolder.Dispose();
        _folder.Delete(recursive: true);
    }

    Processor NewProcessor()
    {
        _processor?.Dispose();
        _processor = new Processor(
            0, Log, Warehouse, Sites, Rules, TimeProvider.System, new ProcessorOptions { BatchBytesMax = 6_000, CompactEvery = 60 });
        _processor.HistoryChanged += Changes.Add;
        return _processor;
    }

    Rebuilder NewRebuilder(IRebuildStore store) => new(
        store, Warehouse, () => new HitHistory(Log, _archive), _archive, NewProcessor(), Sites, Rules, TimeProvider.System,
        new ProcessorOptions { BatchBytesMax = 9_000, CompactEvery = 100 });
}
