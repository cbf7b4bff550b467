using System.Globalization;
using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Writes the files anew that hold rows of a site, or of one visitor of it, without them.</summary>
sealed class PartitionForgetting(DuckDBConnection engine, PartitionDraft draft, int site, ulong? visitor)
{
    /// <returns>How many events and visits went.</returns>
    public (long Events, long Visits) Run()
    {
        // Numbers, and so nothing that a statement could be changed with.
        var who = string.Create(CultureInfo.InvariantCulture, $"site = {site}");
        if (visitor is { } one)
            who += string.Create(CultureInfo.InvariantCulture, $" AND visitor = {one}");
        var visits = CountVisits(who);
        engine.Run($"CREATE OR REPLACE TEMP TABLE gone AS SELECT * FROM {Rows(ParquetTable.Events)} WHERE {who}");
        var events = engine.Rows("SELECT count(*) FROM gone", row => row.GetInt64(0))[0];
        engine.Run("INSERT INTO ledger " + Forgetting.LedgerOf("gone"));
        engine.Run("INSERT INTO ledger " + Forgetting.LedgerOfSetAside($"(SELECT * FROM {Rows(ParquetTable.SetAside)} WHERE {who})"));
        draft.Add(ParquetTable.Ledger, "memory.main.ledger", tier: 0);
        engine.Run("TRUNCATE ledger");
        Remove(ParquetTable.Items, string.Create(CultureInfo.InvariantCulture, $"site = {site} AND sequence IN (SELECT sequence FROM gone)"));
        foreach (var table in (ParquetTable[])[ParquetTable.Events, ParquetTable.Visits, ParquetTable.Parts, ParquetTable.SetAside])
            Remove(table, who);
        if (visitor is null)
            Remove(ParquetTable.Activity, who);
        engine.Run("DROP TABLE gone");
        return (events, visits);
    }

    IEnumerable<DataFile> Files(ParquetTable table) => draft.FilesOf(table).Where(file => file.MayHold(site));

    string Rows(ParquetTable table) => draft.Rows(table, Files(table));

    long CountVisits(string who)
    {
        const string Amended = "memory.main.amended";
        return engine.Rows(
            $"""
            SELECT count(DISTINCT visit) FROM (
                SELECT visit FROM {FileSql.Standing(Rows(ParquetTable.Visits), Amended)} WHERE {who}
                UNION ALL
                SELECT visit FROM {FileSql.Relabelled(Rows(ParquetTable.Parts), Amended)} WHERE {who})
            """, row => row.GetInt64(0))[0];
    }

    /// <exception cref="InvalidOperationException">A row was found again in the files as they are now.</exception>
    void Remove(ParquetTable table, string which)
    {
        foreach (var file in Files(table).ToList())
        {
            var rows = draft.Rows(table, [file]);
            if (Count(rows, which) == 0)
                continue;
            draft.Verify([file]);
            draft.Add(table, $"(SELECT * FROM {rows} WHERE NOT ({which}))", file.Tier);
            draft.LeaveOut([file]);
        }
        if (Count(Rows(table), which) is > 0 and var left)
            throw new InvalidOperationException($"{left} rows of {table.Name} were found again after they had been removed.");
    }

    long Count(string rows, string which) => engine.Rows($"SELECT count(*) FROM {rows} WHERE {which}", row => row.GetInt64(0))[0];
}
