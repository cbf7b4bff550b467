using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Footfall.Adapters.Sql;
using Footfall.Core.HitLog;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// The warehouse as Parquet files in a folder that many processes share; docs/formats/parquet-warehouse.md. A partition is written by one process
/// at a time. Whoever writes asks for a partition's state first: a commit, a compaction or an erasure holds only if nobody else has written since,
/// and no later owner has been there.
/// </summary>
public sealed class ParquetWarehouse(ParquetTables tables) : IWarehouse
{
    readonly ConcurrentDictionary<int, Place> _places = new();
    readonly ConcurrentDictionary<int, long> _visitsMergedBefore = new();

    public long VisitsMergedBefore(int partition) => _visitsMergedBefore.GetValueOrDefault(partition);

    public async ValueTask<WarehouseState> StateAsync(int partition, CancellationToken cancellation)
    {
        var place = _places.GetOrAdd(partition, _ => new Place());
        await place.Turn.WaitAsync(cancellation);
        try
        {
            place.Leave();
            place.Begun = tables.FolderOf(partition).Newest();
            _visitsMergedBefore[partition] = place.Begun.VisitsMergedBefore;
            return new WarehouseState(PositionOf(place.Begun), place.Begun.NextSequence, place.Begun.NextVisit, place.Begun.CompleteUntil);
        }
        finally
        {
            place.Turn.Release();
        }
    }

    /// <summary>A connection in which the tables and views show everything as it is now; the caller closes it.</summary>
    public DuckDBConnection Connect()
    {
        var reader = tables.Open();
        new FileViews(tables.Newest(), ReportScope.Everything).ShowAll(reader);
        return reader;
    }

    /// <summary>Everything of the log before it is in the files.</summary>
    public LogPosition PositionOf(int partition) => PositionOf(tables.FolderOf(partition).Newest());

    public IEnumerable<(UInt128 Key, DateOnly Day)> Keys(int partition) => Read(
        partition, ReportScope.Everything, (views, reader) => views.Show(reader, ParquetTable.Keys), WarehouseReads.Keys);

    public IEnumerable<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(int partition, long endedAt) => Read(
        partition, ReportScope.Everything with { VisitsFrom = TimeOf(endedAt) },
        (views, reader) => views.ShowVisits(reader), reader => WarehouseReads.VisitsSince(reader, partition, endedAt));

    public ValueTask<IReadOnlyList<(VisitorKey Visitor, VisitSpan Span)>> FindVisitsAsync(
        int partition, IReadOnlyCollection<VisitorKey> visitors, CancellationToken cancellation) => new(Read(
        partition, ReportScope.Everything,
        (views, reader) => views.ShowVisits(reader), reader => WarehouseReads.VisitsOf(reader, partition, visitors)));

    public ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation) =>
        new(WriteAsync(batch.Position.Partition, writer => { writer.Commit(batch); return true; }, cancellation));

    public async ValueTask CompactAsync(int partition, long epoch, long visitsEndedBefore, DateOnly keysBefore, CancellationToken cancellation)
    {
        await WriteAsync(partition, writer => { writer.Compact(epoch, visitsEndedBefore, keysBefore); return true; }, cancellation);
        _visitsMergedBefore[partition] = Math.Max(VisitsMergedBefore(partition), visitsEndedBefore);
    }

    public ValueTask<ForgottenRows> ForgetAsync(int partition, int site, ulong? visitor, CancellationToken cancellation) =>
        new(WriteAsync(partition, writer => writer.Forget(site, visitor), cancellation));

    /// <summary>The sums of one partition.</summary>
    public ValueTask<WarehouseBooks> BooksAsync(int partition, CancellationToken cancellation)
    {
        return new(tables.InOneState(state =>
        {
            var one = Of(state, partition);
            using var reader = tables.Open();
            new FileViews(one, ReportScope.Everything).ShowAll(reader);
            var (outcomes, events, visits) = WarehouseReads.Books(reader);
            return new WarehouseBooks(PositionOf(one[0].Manifest), outcomes, events, visits);
        }));
    }

    public ValueTask<IReadOnlyList<DefinedDays>> DefinitionsAsync(CancellationToken cancellation) => new(Read(
        partition: null, ReportScope.Everything, (views, reader) => views.Show(reader, ParquetTable.Definitions), WarehouseReads.Definitions));

    public IReadOnlyList<LogDamage> Damage()
    {
        using var reader = Connect();
        return WarehouseReads.Damage(reader);
    }

    public ValueTask<IReadOnlyList<SetAsideHit>> SetAsideAsync(
        int partition, int? site, (long Offset, int Index) after, int limit, CancellationToken cancellation) => new(Read(
        partition, ReportScope.Everything,
        (views, reader) => views.Show(reader, ParquetTable.SetAside), reader => WarehouseReads.SetAside(reader, partition, site, after, limit)));

    public ValueTask<long> CountSetAsideAsync(int partition, int? site, CancellationToken cancellation) => new(Read(
        partition, ReportScope.Everything, (views, reader) => views.Show(reader, ParquetTable.SetAside), reader => WarehouseReads.CountSetAside(reader, partition, site)));

    public ValueTask<IReadOnlyList<LedgerLine>> LedgerAsync(int site, long from, long to, CancellationToken cancellation) => new(Read(
        partition: null, ReportScope.Everything with { Site = site, From = TimeOf(from), To = TimeOf(to) },
        (views, reader) => views.Show(reader, ParquetTable.Ledger), reader => WarehouseReads.Ledger(reader, site, from, to)));

    public ValueTask<IReadOnlyList<FoundEvent>> FindEventsAsync(
        int site, long from, long to, IReadOnlyCollection<long> logOffsets, CancellationToken cancellation) => new(Read(
        partition: null, ReportScope.Everything with { Site = site, From = TimeOf(from), To = TimeOf(to) },
        (views, reader) => views.ShowEvents(reader), reader => WarehouseReads.Events(reader, site, from, to, logOffsets)));

    public ValueTask<SiteActivity> ActivityAsync(int site, CancellationToken cancellation) => new(Read(
        partition: null, ReportScope.Everything with { Site = site },
        (views, reader) => views.Show(reader, ParquetTable.Activity), reader => WarehouseReads.Activity(reader, site)));

    /// <summary>Leaves the tables open, which are their maker's.</summary>
    public ValueTask DisposeAsync()
    {
        foreach (var place in _places.Values)
            place.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs on the thread pool, as all of it is reading, sorting and writing.</summary>
    async Task<T> WriteAsync<T>(int partition, Func<PartitionWriter, T> work, CancellationToken cancellation)
    {
        var place = _places.GetOrAdd(partition, _ => new Place());
        await place.Turn.WaitAsync(cancellation);
        try
        {
            return await Task.Run(() => work(place.Writer ??= Open(partition, place)), CancellationToken.None);
        }
        catch
        {
            // Its memory may be ahead of the files, or behind them. The next writer begins from what the next state says.
            place.Leave();
            throw;
        }
        finally
        {
            place.Turn.Release();
        }
    }

    PartitionWriter Open(int partition, Place place)
    {
        var folder = tables.FolderOf(partition);
        return PartitionWriter.Open(tables.Options, folder, place.Begun ?? folder.Newest());
    }

    T Read<T>(int? partition, ReportScope scope, Action<FileViews, DuckDBConnection> show, Func<DuckDBConnection, T> read) => tables.InOneState(state =>
    {
        using var reader = tables.Open();
        show(new FileViews(partition is null ? state : Of(state, partition.Value), scope), reader);
        return read(reader);
    });

    static List<(PartitionFolder Folder, PartitionManifest Manifest)> Of(List<(PartitionFolder Folder, PartitionManifest Manifest)> state, int partition) =>
        [.. state.Where(one => one.Folder.Partition == partition)];

    static LogPosition PositionOf(PartitionManifest manifest) => new(manifest.Partition, manifest.Offset);

    static DateTime? TimeOf(long milliseconds) =>
        milliseconds <= 0 ? null : milliseconds >= 253_402_300_799_000 ? null : DateTime.UnixEpoch.AddMilliseconds(milliseconds);

    /// <summary>Where a partition is written: what the writer begins from, and the writer, once there is one. Both are touched in turns.</summary>
    sealed class Place : IDisposable
    {
        public SemaphoreSlim Turn { get; } = new(1, 1);

        public PartitionManifest? Begun { get; set; }

        public PartitionWriter? Writer { get; set; }

        public void Leave()
        {
            Writer?.Dispose();
            (Begun, Writer) = (null, null);
        }

        public void Dispose()
        {
            Leave();
            Turn.Dispose();
        }
    }
}
