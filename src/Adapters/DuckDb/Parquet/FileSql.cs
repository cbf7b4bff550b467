namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Files as relations of a statement. Their addresses are the operator's folder and names of ours; nothing of a request is in them.</summary>
static class FileSql
{
    /// <summary>All rows of some files of a table; without files, none of its columns is missing.</summary>
    /// <param name="withName">Adds the column <c>filename</c>.</param>
    public static string Rows(ParquetTable table, IEnumerable<string> addresses, bool withName = false)
    {
        var list = string.Join(", ", addresses.Select(address => $"'{address.Replace("'", "''", StringComparison.Ordinal)}'"));
        return list.Length == 0 ? $"(SELECT * FROM memory.main.{table.Name} LIMIT 0)" : $"read_parquet([{list}], hive_partitioning = false{(withName ? ", filename = true" : "")})";
    }

    /// <summary>The rows with the visits that they belong to by now.</summary>
    /// <param name="amended">A relation as Amended.sql describes it; null when there is nothing to amend.</param>
    public static string Relabelled(string rows, string? amended) => amended is null ? rows
        : $"(SELECT r.* REPLACE (coalesce(a.whole, r.visit) AS visit) FROM {rows} r LEFT JOIN {amended} a ON a.site = r.site AND a.visit = r.visit)";

    /// <summary>The rows of merged visits that still stand.</summary>
    public static string Standing(string rows, string? amended) => amended is null ? rows
        : $"(SELECT r.* FROM {rows} r ANTI JOIN {amended} a ON a.site = r.site AND a.visit = r.visit)";
}
