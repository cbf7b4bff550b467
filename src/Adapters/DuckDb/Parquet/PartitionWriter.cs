using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// Writes one partition for as long as nobody else does. An in-memory DuckDB is the engine that sorts, merges and writes the files; it holds the
/// rows of one batch, and the visits that are amended. After any failure it is of no use any more: the next one begins from the newest manifest.
/// </summary>
sealed class PartitionWriter : IDisposable
{
    readonly ParquetOptions _options;
    readonly PartitionFolder _folder;
    readonly DuckDBConnection _engine;
    PartitionManifest _last;

    PartitionWriter(ParquetOptions options, PartitionFolder folder, DuckDBConnection engine, PartitionManifest last) =>
        (_options, _folder, _engine, _last) = (options, folder, engine, last);

    public static PartitionWriter Open(ParquetOptions options, PartitionFolder folder, PartitionManifest last)
    {
        folder.Make();
        var engine = ParquetDatabase.Open(options);
        try
        {
            var writer = new PartitionWriter(options, folder, engine, last);
            var draft = writer.Begin();
            engine.Run($"INSERT INTO amended SELECT * FROM {draft.Rows(ParquetTable.Amended, draft.FilesOf(ParquetTable.Amended))}");
            return writer;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    /// <exception cref="FencedWriterException">A later owner of the partition has written.</exception>
    /// <exception cref="PartitionConflictException">Somebody else has written to the partition.</exception>
    public void Commit(WarehouseBatch batch)
    {
        if (batch.From is { } from && from.Offset != _last.Offset)
            throw new FencedWriterException(from, new LogPosition(from.Partition, _last.Offset));
        var draft = Begin();
        if (batch.Replayed.Count > 0)
            TakeOut(draft, batch.Replayed);
        BatchAppender.Append(_engine, batch);
        if (AmendedVisits.Amend(_engine, draft, batch))
            ReplaceAmended(draft);
        foreach (var table in ParquetTable.All.Where(table => table.Appended is not null))
        {
            draft.Add(table, $"memory.main.{table.Appended}", tier: 0);
            draft.MergeTiers(table, _options.FanOut);
            _engine.Run($"TRUNCATE {table.Appended}");
        }
        Commit(draft, _last with
        {
            Offset = batch.Position.Offset,
            NextSequence = batch.NextSequence,
            NextVisit = batch.NextVisit,
            CompleteUntil = batch.CompleteUntil,
            Epoch = batch.Epoch,
        });
    }

    /// <exception cref="FencedWriterException">A later owner of the partition has written.</exception>
    /// <exception cref="PartitionConflictException">Somebody else has written to the partition.</exception>
    public void Compact(long epoch, long visitsEndedBefore, DateOnly keysBefore)
    {
        var draft = Begin();
        new PartitionCompaction(_engine, draft, _options, _last.CompleteUntil).Run(visitsEndedBefore, keysBefore);
        ReplaceAmended(draft);
        Commit(draft, _last with { Epoch = epoch, VisitsMergedBefore = Math.Max(_last.VisitsMergedBefore, visitsEndedBefore) });
        _folder.Sweep(_options.Time.GetUtcNow().UtcDateTime - _options.Keep);
    }

    /// <summary>On behalf of the owner, whoever that is: its next commit is refused, and it begins again from what is then there.</summary>
    /// <exception cref="PartitionConflictException">Somebody else has written to the partition.</exception>
    public ForgottenRows Forget(int site, ulong? visitor)
    {
        var draft = Begin();
        var (events, visits) = new PartitionForgetting(_engine, draft, site, visitor).Run();
        Commit(draft, _last);
        return new ForgottenRows(new LogPosition(_folder.Partition, _last.Offset), events, visits);
    }

    public void Dispose() => _engine.Dispose();

    PartitionDraft Begin() => new(_folder, _engine, _last);

    /// <summary>Hits that are set aside are few, or soon to be: their files are written whole.</summary>
    void TakeOut(PartitionDraft draft, IReadOnlyList<SetAsideHit> replayed)
    {
        var files = draft.FilesOf(ParquetTable.SetAside).ToList();
        draft.Verify(files);
        BatchAppender.PutReplayed(_engine, replayed);
        draft.Add(ParquetTable.SetAside, $"(SELECT * FROM {draft.Rows(ParquetTable.SetAside, files)} ANTI JOIN replayed USING (partition, log_offset, hit))", tier: null);
        draft.LeaveOut(files);
    }

    static void ReplaceAmended(PartitionDraft draft)
    {
        draft.LeaveOut(draft.FilesOf(ParquetTable.Amended));
        draft.Add(ParquetTable.Amended, "memory.main.amended", tier: null);
    }

    void Commit(PartitionDraft draft, PartitionManifest next)
    {
        var newest = _folder.Newest(_last);
        if (newest.Epoch > next.Epoch)
            throw new FencedWriterException(_folder.Partition, next.Epoch, newest.Epoch);
        if (newest.Version != _last.Version)
            throw new PartitionConflictException($"Partition {_folder.Partition} is at version {newest.Version}, and not at {_last.Version} as this writer left it.");
        _last = draft.Commit(next);
    }
}
