using System.Globalization;
using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>
/// Brings the rows of small files into sorted ones: by period, which is a day while it is young and the rest of its month later, and within it by
/// site and time, cut where a file is full. What is amended is folded in where that costs little beside the rows that are moved anyway, or has to be.
/// </summary>
sealed class PartitionCompaction(DuckDBConnection engine, PartitionDraft draft, ParquetOptions options, long completeUntil)
{
    // Sorted files are written again for the sake of amended visits when they have at most so many times the rows that are new.
    const int FoldFactor = 4;

    // The parts that are left are as many as a file of this tier has, in a busy partition.
    const int LeftTier = 3;

    const string Amended = "memory.main.amended";

    static readonly ParquetTable[] AppendedOnly =
        [ParquetTable.Items, ParquetTable.Ledger, ParquetTable.Activity, ParquetTable.Definitions, ParquetTable.Damage, ParquetTable.SetAside];

    /// <summary>Leaves in the table <c>amended</c> what still has to be.</summary>
    public void Run(long visitsEndedBefore, DateOnly keysBefore)
    {
        var stale = FindStale();
        var amended = engine.Rows("SELECT count(*) FROM amended", row => row.GetInt64(0))[0];
        var fresh = Fresh(ParquetTable.Events);
        var folds = amended >= options.AmendedMax || stale.Sum(file => file.Rows) <= FoldFactor * Math.Max(fresh.Sum(file => file.Rows), options.FileRows / 8);
        if (folds)
            engine.Run("DELETE FROM kept");
        else
            stale = [];
        List<DataFile> events = [.. fresh, .. Of(stale, ParquetTable.Events)];
        Sort(ParquetTable.Events, FileSql.Relabelled(draft.Rows(ParquetTable.Events, events), amended > 0 ? Amended : null), events);
        MergeVisits(visitsEndedBefore, Of(stale, ParquetTable.Visits), amended > 0 ? Amended : null);
        SortKeys(keysBefore);
        foreach (var table in AppendedOnly)
            Sort(table, draft.Rows(table, Fresh(table)), Fresh(table));
        engine.Run("DELETE FROM amended");
        engine.Run("INSERT INTO amended SELECT * FROM kept");
        engine.Run("DROP TABLE kept");
    }

    List<DataFile> Fresh(ParquetTable table) => [.. draft.FilesOf(table).Where(file => file.Tier is not null)];

    static List<DataFile> Of(List<DataFile> files, ParquetTable table) => [.. files.Where(file => file.Table == table.Name)];

    /// <summary>The sorted files that hold rows of amended visits, and in the table <c>kept</c> those visits.</summary>
    List<DataFile> FindStale()
    {
        engine.Run("CREATE OR REPLACE TEMP TABLE kept AS SELECT * FROM amended LIMIT 0");
        var ids = engine.Rows("SELECT visit FROM amended ORDER BY visit", row => row.GetInt64(0));
        var stale = new List<DataFile>();
        foreach (var table in (ParquetTable[])[ParquetTable.Events, ParquetTable.Visits])
        {
            var likely = draft.FilesOf(table)
                .Where(file => file.Tier is null && AmendedVisits.AnyWithin(ids, file.VisitMin!.Value, file.VisitMax!.Value)).ToList();
            if (likely.Count == 0)
                continue;
            engine.Run(
                $"""
                CREATE OR REPLACE TEMP TABLE found AS
                SELECT DISTINCT r.filename, a.* FROM {draft.Rows(table, likely, withName: true)} r JOIN amended a ON a.site = r.site AND a.visit = r.visit
                """);
            engine.Run("INSERT INTO kept SELECT DISTINCT site, visit, whole FROM found ANTI JOIN kept k ON k.site = found.site AND k.visit = found.visit");
            var names = engine.Rows("SELECT DISTINCT filename FROM found", row => Path.GetFileName(row.GetString(0))).ToHashSet(StringComparer.Ordinal);
            stale.AddRange(likely.Where(file => names.Contains(file.Name)));
            engine.Run("DROP TABLE found");
        }
        return stale;
    }

    /// <summary>Of amended visits only those are merged that no sorted file holds any more: else an old row would come to stand beside the new one.</summary>
    void MergeVisits(long endedBefore, List<DataFile> stale, string? amended)
    {
        var files = draft.FilesOf(ParquetTable.Parts).ToList();
        draft.Verify(files);
        engine.Run($"CREATE OR REPLACE TEMP TABLE parts AS SELECT * FROM {FileSql.Relabelled(draft.Rows(ParquetTable.Parts, files), amended)}");
        engine.Run(
            """
            CREATE OR REPLACE TEMP TABLE finished AS SELECT * FROM parts
            SEMI JOIN (
                SELECT p.site, p.visit FROM parts p ANTI JOIN kept k ON k.site = p.site AND k.visit = p.visit
                GROUP BY ALL HAVING max(p.ended_at) < make_timestamp($before)) USING (site, visit)
            """,
            ("before", endedBefore * 1000));
        Sort(
            ParquetTable.Visits,
            $"(SELECT * FROM merged('finished') UNION ALL SELECT * FROM {FileSql.Standing(draft.Rows(ParquetTable.Visits, stale), amended)})", stale);
        engine.Run("DELETE FROM parts WHERE visit IN (SELECT visit FROM finished)");
        draft.LeaveOut(files);
        draft.Add(ParquetTable.Parts, "parts", LeftTier);
        engine.Run("DROP TABLE parts");
        engine.Run("DROP TABLE finished");
    }

    void SortKeys(DateOnly before)
    {
        var start = new DateTimeOffset(before.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero).ToUnixTimeMilliseconds();
        draft.LeaveOut(draft.FilesOf(ParquetTable.Keys).Where(file => file.Until < start));
        var fresh = Fresh(ParquetTable.Keys);
        var young = string.Create(CultureInfo.InvariantCulture, $"(SELECT * FROM {draft.Rows(ParquetTable.Keys, fresh)} WHERE day >= DATE '{before:yyyy-MM-dd}')");
        Sort(ParquetTable.Keys, young, fresh);
    }

    /// <summary>Takes files out, and puts the rows of a relation into sorted files, together with small files of the same period once there are several.</summary>
    void Sort(ParquetTable table, string relation, List<DataFile> pooled)
    {
        draft.Verify(pooled);
        engine.Run($"CREATE OR REPLACE TEMP TABLE pool AS SELECT * FROM {relation}");
        draft.LeaveOut(pooled);
        var filled = PeriodsOfPool(table);
        foreach (var period in filled.Union(SortedFiles(table).Select(file => PeriodOf(table, file.From))).ToList())
        {
            var small = SortedFiles(table).Where(file => PeriodOf(table, file.From) == period && file.Rows < options.FileRows / 2).ToList();
            if (small.Count + (filled.Contains(period) ? 1 : 0) < FewestMerged(table, period, filled.Contains(period)))
                small = [];
            if (small.Count == 0 && !filled.Contains(period))
                continue;
            draft.Verify(small);
            draft.LeaveOut(small);
            Write(table, $"(SELECT * FROM pool{period.Condition(table.Time)} UNION ALL SELECT * FROM {draft.Rows(table, small)})");
        }
        engine.Run("DROP TABLE pool");
        if (table.HasSite && table.Time is not null)
            SortDays(table);
    }

    /// <summary>What has no time is one file, and so is at last what is small of a period that is over; others are merged when several have come together.</summary>
    int FewestMerged(ParquetTable table, Period period, bool grows) => table.Time is null || (period.IsOver && !grows) ? 2 : options.FanOut / 2;

    /// <summary>While a day lasts its full files each hold all sites; once it is over they are written again, so that a site is in one of them.</summary>
    void SortDays(ParquetTable table)
    {
        var full = SortedFiles(table).Where(file => file.Rows >= options.FileRows / 2);
        foreach (var day in full.GroupBy(file => Period.DayOver(file.From!.Value, file.Until!.Value, completeUntil)).Where(day => day.Key is not null).ToList())
        {
            var files = day.ToList();
            if (!files.Exists(one => files.Exists(other => one != other && one.SiteMin < other.SiteMax && other.SiteMin < one.SiteMax)))
                continue;
            draft.Verify(files);
            draft.LeaveOut(files);
            Write(table, draft.Rows(table, files));
        }
    }

    IEnumerable<DataFile> SortedFiles(ParquetTable table) => draft.FilesOf(table).Where(file => file.Tier is null);

    void Write(ParquetTable table, string relation)
    {
        engine.Run($"CREATE OR REPLACE TEMP TABLE sorted AS SELECT * FROM {table.Folded(relation)} ORDER BY {table.Order}");
        var rows = engine.Rows("SELECT count(*) FROM sorted", row => row.GetInt64(0))[0];
        var each = rows == 0 ? 1 : 1 + ((rows - 1) / (1 + ((rows - 1) / options.FileRows)));
        for (var first = 0L; first < rows; first += each)
            draft.Add(table, string.Create(CultureInfo.InvariantCulture, $"(SELECT * FROM sorted WHERE rowid >= {first} AND rowid < {first + each})"), tier: null);
        engine.Run("DROP TABLE sorted");
    }

    HashSet<Period> PeriodsOfPool(ParquetTable table) => table.Time is null
        ? [.. engine.Rows("SELECT count(*) FROM pool", row => row.GetInt64(0)).Where(rows => rows > 0).Select(_ => Period.Always)]
        : [.. engine.Rows($"SELECT DISTINCT epoch_ms(date_trunc('day', {table.Time})) FROM pool", row => row.GetInt64(0)).Select(day => PeriodOf(table, day))];

    Period PeriodOf(ParquetTable table, long? time) => time is { } known ? Period.Of(known, completeUntil, table.IsKeptByDay) : Period.Always;
}
