using DuckDB.NET.Data;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Takes merged visits apart again, and gives visits that were found to be one their name, without writing big files again.</summary>
static class AmendedVisits
{
    /// <summary>
    /// Adds to the table <c>amended</c>, and to <c>visit_parts</c> the rows of visits that have to be parts again.
    /// </summary>
    /// <returns>Whether there was anything to amend.</returns>
    public static bool Amend(DuckDBConnection engine, PartitionDraft draft, WarehouseBatch batch)
    {
        if (batch.Reopened.Count == 0 && batch.Merges.Count == 0)
            return false;
        var wholes = JoinedVisits.Wholes(batch.Merges);
        Load(engine, wholes);
        TakeApart(engine, draft, [.. batch.Reopened, .. batch.Merges.Select(merge => merge.From), .. batch.Merges.Select(merge => merge.Into)]);
        // What had become part of a visit goes with it into the next.
        engine.Run("UPDATE amended SET whole = joined.whole FROM joined WHERE amended.site = joined.site AND amended.whole = joined.part");
        engine.Run("INSERT INTO amended SELECT site, part, whole FROM joined ANTI JOIN amended a ON a.site = joined.site AND a.visit = joined.part");
        engine.Run("DROP TABLE joined");
        return true;
    }

    static void Load(DuckDBConnection engine, Dictionary<(int Site, long Part), long> wholes)
    {
        engine.Run("CREATE OR REPLACE TEMP TABLE joined (site INTEGER, part BIGINT, whole BIGINT)");
        using var appender = engine.CreateAppender("joined");
        foreach (var ((site, part), whole) in wholes)
            appender.CreateRow().AppendValue(site).AppendValue(part).AppendValue(whole).EndRow();
    }

    /// <summary>Visits that stand in no sorted file, or were taken apart before, are parts already.</summary>
    static void TakeApart(DuckDBConnection engine, PartitionDraft draft, IReadOnlyList<long> visits)
    {
        var ids = visits.Distinct().Order().ToList();
        var files = draft.FilesOf(ParquetTable.Visits).Where(file => AnyWithin(ids, file.VisitMin!.Value, file.VisitMax!.Value)).ToList();
        if (files.Count == 0)
            return;
        engine.Run(
            $"""
            CREATE OR REPLACE TEMP TABLE reopened AS SELECT v.* FROM {draft.Rows(ParquetTable.Visits, files)} v
            ANTI JOIN amended a ON a.site = v.site AND a.visit = v.visit
            WHERE v.visit IN (SELECT unnest($visits)) AND v.visit BETWEEN $first AND $last
            """,
            ("visits", ids), ("first", ids[0]), ("last", ids[^1]));
        engine.Run("INSERT INTO visit_parts SELECT * FROM reopened");
        engine.Run("INSERT INTO amended SELECT site, visit, visit FROM reopened");
        engine.Run("DROP TABLE reopened");
    }

    /// <summary>Whether any of some numbers in their order lies in a range.</summary>
    public static bool AnyWithin(List<long> ordered, long first, long last)
    {
        var at = ordered.BinarySearch(first);
        return at >= 0 || (~at < ordered.Count && ordered[~at] <= last);
    }
}
