using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// The warehouse in one DuckDB file. One connection writes, under one lock; reports read on connections of their own and see the last commit.
/// The file is derived: what is here can be made again from the hit log. It belongs to one process, so that epochs are
/// not looked at, and the keys of all partitions are kept together.
/// </summary>
public sealed class DuckDbWarehouse : IWarehouse
{
    /// <summary>The version of the tables; a file of another version is not opened.</summary>
    public const int FormatVersion = 1;

    // EPERM, EIO, ENOMEM, EACCES, ENFILE, EMFILE, ENOSPC, EROFS and EDQUOT of Linux.
    static readonly int[] SystemErrors = [1, 5, 12, 13, 23, 24, 28, 30, 122];

    readonly string _path;
    readonly DuckDBConnection _writer;
    readonly SemaphoreSlim _writing = new(1, 1);

    readonly ConcurrentDictionary<int, long> _visitsMergedBefore = new();

    DuckDbWarehouse(string path, DuckDBConnection writer) => (_path, _writer) = (path, writer);

    /// <summary>Opens or makes the file.</summary>
    /// <param name="memoryMiB">What DuckDB may use for its buffers; larger work spills beside the file.</param>
    /// <param name="threads">How many threads of its own DuckDB works with; null is one a core.</param>
    /// <exception cref="DuckDBException">The file cannot be opened, is damaged, or is of another version.</exception>
    public static DuckDbWarehouse Open(string path, int memoryMiB, int? threads = null)
    {
        var writer = new DuckDBConnection($"DataSource={path}");
        try
        {
            writer.Open();
            writer.Run("SET memory_limit = $limit", ("limit", $"{memoryMiB}MiB"));
            if (threads is { } count)
                writer.Run("SET threads = $threads", ("threads", count));
            // Never reaches out for an extension; never orders rows by arrival where nobody asked; checkpoints are ours to time.
            writer.Run("SET autoinstall_known_extensions = false");
            writer.Run("SET preserve_insertion_order = false");
            writer.Run("SET wal_autocheckpoint = '64MiB'");
            writer.RunScript("Schema.sql");
            writer.RunScript("MergedParts.sql");
            var warehouse = new DuckDbWarehouse(path, writer);
            warehouse.LearnMerged();
            return warehouse;
        }
        catch
        {
            writer.Dispose();
            throw;
        }
    }

    /// <summary>Opens the file; one that is damaged is set aside, and an empty one begun, which the processor fills again from the log.</summary>
    /// <exception cref="WarehouseUnavailableException">The disk does not take or give what it must; the file is left as it is.</exception>
    public static DuckDbWarehouse OpenOrRebuild(string path, int memoryMiB)
    {
        try
        {
            return Open(path, memoryMiB);
        }
        catch (DuckDBException refused) when (IsTheSystems(refused))
        {
            throw new WarehouseUnavailableException($"The warehouse {path} cannot be opened: {refused.Message}", refused);
        }
        catch (Exception damaged) when (damaged is DuckDBException or InvalidOperationException && File.Exists(path))
        {
            foreach (var file in (string[])[path, path + ".wal"])
            {
                if (File.Exists(file))
                    File.Move(file, file + ".damaged", overwrite: true);
            }
            return Open(path, memoryMiB);
        }
    }

    /// <summary>A further connection to the same database, for a reader; the caller closes it.</summary>
    public DuckDBConnection Connect()
    {
        var reader = new DuckDBConnection($"DataSource={_path}");
        reader.Open();
        return reader;
    }

    /// <summary>For reports.</summary>
    public IReportTables Tables => new DatabaseTables(Connect);

    public ValueTask<WarehouseState> StateAsync(int partition, CancellationToken cancellation) => new(State(partition));

    /// <summary>Everything of the log before it is in the file.</summary>
    public LogPosition PositionOf(int partition) => State(partition).Position;

    public long VisitsMergedBefore(int partition) => _visitsMergedBefore.GetValueOrDefault(partition);

    public IEnumerable<(UInt128 Key, DateOnly Day)> Keys(int partition)
    {
        using var reader = Connect();
        return WarehouseReads.Keys(reader);
    }

    public IEnumerable<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(int partition, long endedAt)
    {
        using var reader = Connect();
        return WarehouseReads.VisitsSince(reader, partition, endedAt);
    }

    public ValueTask<IReadOnlyList<(VisitorKey Visitor, VisitSpan Span)>> FindVisitsAsync(
        int partition, IReadOnlyCollection<VisitorKey> visitors, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.VisitsOf(reader, partition, visitors));
    }

    public async ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            InTransaction(() => Write(batch));
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask CompactAsync(int partition, long epoch, long visitsEndedBefore, DateOnly keysBefore, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            InTransaction(() => Compact(partition, visitsEndedBefore, keysBefore));
            _visitsMergedBefore[partition] = Math.Max(VisitsMergedBefore(partition), visitsEndedBefore);
        }
        finally
        {
            _writing.Release();
        }
    }

    public async ValueTask<ForgottenRows> ForgetAsync(int partition, int site, ulong? visitor, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            ForgottenRows? gone = null;
            InTransaction(() => gone = Forgetting.Run(_writer, State(_writer, partition).Position, site, visitor));
            Checkpoint();
            return gone!;
        }
        finally
        {
            _writing.Release();
        }
    }

    public ValueTask<WarehouseBooks> BooksAsync(int partition, CancellationToken cancellation)
    {
        using var reader = Connect();
        reader.Run("BEGIN TRANSACTION");
        var position = State(reader, partition).Position;
        var (outcomes, events, visits) = WarehouseReads.Books(reader);
        return new(new WarehouseBooks(position, outcomes, events, visits));
    }

    public ValueTask<IReadOnlyList<DefinedDays>> DefinitionsAsync(CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.Definitions(reader));
    }

    public IReadOnlyList<LogDamage> Damage()
    {
        using var reader = Connect();
        return WarehouseReads.Damage(reader);
    }

    public ValueTask<IReadOnlyList<SetAsideHit>> SetAsideAsync(
        int partition, int? site, (long Offset, int Index) after, int limit, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.SetAside(reader, partition, site, after, limit));
    }

    public ValueTask<long> CountSetAsideAsync(int partition, int? site, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.CountSetAside(reader, partition, site));
    }

    public ValueTask<IReadOnlyList<LedgerLine>> LedgerAsync(int site, long from, long to, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.Ledger(reader, site, from, to));
    }

    public ValueTask<IReadOnlyList<FoundEvent>> FindEventsAsync(
        int site, long from, long to, IReadOnlyCollection<long> logOffsets, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.Events(reader, site, from, to, logOffsets));
    }

    public ValueTask<SiteActivity> ActivityAsync(int site, CancellationToken cancellation)
    {
        using var reader = Connect();
        return new(WarehouseReads.Activity(reader, site));
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        _writing.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Replaces rows, in one transaction of the one writer: all of it is there afterwards, or nothing. No processor may be at work.</summary>
    internal async ValueTask ReplaceAsync(Action<DuckDBConnection> work, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            InTransaction(() => work(_writer));
            LearnMerged();
            Checkpoint();
        }
        finally
        {
            _writing.Release();
        }
    }

    void LearnMerged()
    {
        foreach (var (partition, endedAt) in _writer.Rows(
            $"SELECT (visit >> {WarehouseState.NumberBits})::INTEGER, epoch_ms(max(ended_at)) FROM visits GROUP BY 1", row => (row.GetInt32(0), row.GetInt64(1))))
            _visitsMergedBefore[partition] = endedAt + 1;
    }

    /// <summary>By the system's own words for its errors, which DuckDB passes on.</summary>
    static bool IsTheSystems(DuckDBException refused) =>
        refused.Message.Contains("Could not set lock", StringComparison.Ordinal) || refused.Message.Contains("Out of Memory", StringComparison.Ordinal)
        || SystemErrors.Any(error => refused.Message.Contains(Marshal.GetPInvokeErrorMessage(error), StringComparison.Ordinal));

    WarehouseState State(int partition)
    {
        using var reader = Connect();
        return State(reader, partition);
    }

    static WarehouseState State(DuckDBConnection reader, int partition)
    {
        var found = reader.Rows(
            "SELECT log_offset, next_sequence, next_visit, epoch_ms(complete_until) FROM warehouse_state WHERE partition = $partition",
            row => new WarehouseState(new LogPosition(partition, row.GetInt64(0)), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)),
            ("partition", partition));
        return found.Count > 0 ? found[0] : WarehouseState.Empty(partition);
    }

    void InTransaction(Action work)
    {
        _writer.Run("BEGIN TRANSACTION");
        try
        {
            work();
            _writer.Run("COMMIT");
        }
        catch
        {
            Rollback();
            throw;
        }
    }

    /// <summary>What was deleted leaves the file with a checkpoint. It must wait for those who read; then the next one takes it out.</summary>
    void Checkpoint()
    {
        try
        {
            _writer.Run("CHECKPOINT");
        }
        catch (DuckDBException)
        {
            // The rows are deleted all the same.
        }
    }

    void Rollback()
    {
        try
        {
            _writer.Run("ROLLBACK");
        }
        catch (DuckDBException)
        {
            // A failed commit has rolled back already; the first failure is the one worth telling.
        }
    }

    void Write(WarehouseBatch batch)
    {
        if (batch.From is { } from && State(_writer, from.Partition).Position is var stands && stands != from)
            throw new FencedWriterException(from, stands);
        if (batch.Replayed.Count > 0)
        {
            BatchAppender.PutReplayed(_writer, batch.Replayed);
            _writer.Run("DELETE FROM set_aside s USING replayed r WHERE s.partition = r.partition AND s.log_offset = r.log_offset AND s.hit = r.hit");
        }
        BatchAppender.Append(_writer, batch);
        if (batch.Reopened.Count > 0)
            Reopen(batch.Reopened);
        if (batch.Merges.Count > 0)
            Relabel(batch.Merges);
        _writer.Run("DELETE FROM warehouse_state WHERE partition = $partition", ("partition", batch.Position.Partition));
        _writer.Run(
            "INSERT INTO warehouse_state VALUES ($partition, $offset, $sequence, $visit, make_timestamp($until), $version)",
            ("partition", batch.Position.Partition), ("offset", batch.Position.Offset), ("sequence", batch.NextSequence),
            ("visit", batch.NextVisit), ("until", batch.CompleteUntil * 1000), ("version", FormatVersion));
    }

    /// <summary>Takes merged visits apart again: as one more part, so that the batch's parts add to it.</summary>
    void Reopen(HashSet<long> visits)
    {
        var list = visits.ToList();
        _writer.Run("INSERT INTO visit_parts SELECT * FROM visits WHERE visit IN (SELECT unnest($visits))", ("visits", list));
        _writer.Run("DELETE FROM visits WHERE visit IN (SELECT unnest($visits))", ("visits", list));
    }

    /// <summary>All at once, however many: each statement reads the labels of every row in those times.</summary>
    void Relabel(List<VisitMerge> merges)
    {
        _writer.Run("CREATE TEMP TABLE joined (site INTEGER, part BIGINT, whole BIGINT)");
        using (var appender = _writer.CreateAppender("joined"))
        {
            foreach (var ((site, part), whole) in JoinedVisits.Wholes(merges))
                appender.CreateRow().AppendValue(site).AppendValue(part).AppendValue(whole).EndRow();
        }
        var (started, ended) = (merges.Min(merge => merge.StartedAt) * 1000, merges.Max(merge => merge.EndedAt) * 1000);
        foreach (var table in (string[])["events", "events_recent"])
        {
            _writer.Run(
                $"""
                UPDATE {table} SET visit = whole FROM joined
                WHERE {table}.site = joined.site AND visit = part AND occurred_at BETWEEN make_timestamp($started) AND make_timestamp($ended)
                """,
                ("started", started), ("ended", ended));
        }
        _writer.Run("UPDATE visit_parts SET visit = whole FROM joined WHERE visit_parts.site = joined.site AND visit = part");
        _writer.Run("DROP TABLE joined");
    }

    void Compact(int partition, long visitsEndedBefore, DateOnly keysBefore)
    {
        _writer.Run("INSERT INTO events SELECT * FROM events_recent ORDER BY site, occurred_at, sequence");
        _writer.Run("DELETE FROM events_recent");
        if (visitsEndedBefore > VisitsMergedBefore(partition))
            MergeVisits(partition, visitsEndedBefore);
        _writer.Run("DELETE FROM event_keys WHERE day < $day", ("day", keysBefore));
        Fold("definitions", "SELECT DISTINCT site, day, version FROM definitions");
        Fold("ledger", "SELECT site, hour, outcome, sum(hits)::BIGINT FROM ledger GROUP BY ALL");
        Fold("site_activity", "SELECT site, max(last_event_at), max(last_tracker_event_at) FROM site_activity GROUP BY site");
    }

    /// <summary>
    /// Only the parts of visits that are over are read whole: of the others there may be many times as many. And only one partition's: the
    /// processor of another counts on its own visits to stay as they are.
    /// </summary>
    void MergeVisits(int partition, long endedBefore)
    {
        _writer.Run(
            $"""
            CREATE TEMP TABLE finished AS SELECT * FROM visit_parts
            SEMI JOIN (
              SELECT site, visit FROM visit_parts WHERE visit >> {WarehouseState.NumberBits} = $partition
              GROUP BY ALL HAVING max(ended_at) < make_timestamp($before)
            ) USING (site, visit)
            """,
            ("partition", partition), ("before", endedBefore * 1000));
        _writer.Run("INSERT INTO visits SELECT * FROM merged('finished') ORDER BY site, started_at, visit");
        _writer.Run("DELETE FROM visit_parts WHERE visit IN (SELECT visit FROM finished)");
        _writer.Run("DROP TABLE finished");
    }

    /// <summary>Replaces the rows of a table by fewer that say the same.</summary>
    void Fold(string table, string sums)
    {
        _writer.Run($"CREATE TEMP TABLE folded AS {sums}");
        _writer.Run($"DELETE FROM {table}");
        _writer.Run($"INSERT INTO {table} SELECT * FROM folded");
        _writer.Run("DROP TABLE folded");
    }
}
