using System.Globalization;
using System.IO.Hashing;
using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>The next version of a partition in the making: files are added and left out, and nothing of it holds before it is committed.</summary>
sealed class PartitionDraft(PartitionFolder folder, DuckDBConnection engine, PartitionManifest last)
{
    // Small enough that a small site's question decodes little beside it, large enough that a large site's is not slowed.
    const int RowGroupRows = 40_960;

    readonly List<DataFile> _files = [.. last.Files];

    public IReadOnlyList<DataFile> Files => _files;

    public IEnumerable<DataFile> FilesOf(ParquetTable table) => _files.Where(file => file.Table == table.Name);

    public string Rows(ParquetTable table, IEnumerable<DataFile> files, bool withName = false) =>
        FileSql.Rows(table, files.Select(file => folder.PathOf(file.Name)), withName);

    public void LeaveOut(IEnumerable<DataFile> files)
    {
        foreach (var file in files.ToList())
            _files.Remove(file);
    }

    /// <summary>Writes the rows of a relation as a file of the draft, if there are any.</summary>
    /// <param name="tier">Null for a sorted file.</param>
    public void Add(ParquetTable table, string relation, int? tier)
    {
        var range = RangesOf(table, relation);
        if (range.Rows == 0)
            return;
        var name = string.Create(CultureInfo.InvariantCulture, $"{table.Name}-{last.Version + 1:000000000000}-{Guid.NewGuid():N}.parquet");
        engine.Run(
            $"COPY (SELECT * FROM {relation} ORDER BY {table.Order}) TO '{folder.AsideOf(name).Replace("'", "''", StringComparison.Ordinal)}' "
            + $"(FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {RowGroupRows})");
        folder.Adopt(name);
        var (bytes, hash) = Measured(folder.PathOf(name));
        _files.Add(range with { Name = name, Tier = tier, Bytes = bytes, Hash = hash });
    }

    /// <summary>Merges the files of a tier into one of the next once there are many, from the smallest on.</summary>
    public void MergeTiers(ParquetTable table, int fanOut)
    {
        for (var tier = 0; ; tier++)
        {
            var many = FilesOf(table).Where(file => file.Tier == tier).ToList();
            if (many.Count < fanOut)
                return;
            Verify(many);
            Add(table, table.Folded(Rows(table, many)), tier + 1);
            LeaveOut(many);
        }
    }

    /// <summary>What is written again must be what was written, or damage would pass on without a trace.</summary>
    /// <exception cref="InvalidDataException">A file is not what its manifest says.</exception>
    public void Verify(IEnumerable<DataFile> files)
    {
        foreach (var file in files)
        {
            if (Measured(folder.PathOf(file.Name)) != (file.Bytes, file.Hash))
                throw new InvalidDataException($"{folder.PathOf(file.Name)} is damaged. Move the partition's folder away to have it made anew from the log.");
        }
    }

    /// <returns>The version that is there from now on.</returns>
    /// <exception cref="PartitionConflictException">Somebody else has written to the partition.</exception>
    public PartitionManifest Commit(PartitionManifest next)
    {
        next = next with { Version = last.Version + 1, Files = [.. _files] };
        folder.Commit(next);
        return next;
    }

    DataFile RangesOf(ParquetTable table, string relation)
    {
        string Of(string aggregate, string? column) => column is null ? "NULL" : $"{aggregate}({column})";
        string Milliseconds(string aggregate, string? column) => column is null ? "NULL" : $"epoch_ms({aggregate}({column}))";
        var (site, visit) = (table.HasSite ? "site" : null, table.HasVisit ? "visit" : null);
        return engine.Rows(
            $"""
            SELECT count(*), {Of("min", site)}, {Of("max", site)}, {Milliseconds("min", table.Time)}, {Milliseconds("max", table.End)},
                {Of("min", visit)}, {Of("max", visit)}, {SitesOf(site)}
            FROM {relation}
            """,
            row => new DataFile(
                "", table.Name, null, row.GetInt64(0), 0, "", row.IsDBNull(1) ? null : row.GetInt32(1), row.IsDBNull(2) ? null : row.GetInt32(2),
                Number(row, 3), Number(row, 4), Number(row, 5), Number(row, 6), row.IsDBNull(7) ? null : Sites(row.GetString(7))))[0];
    }

    static string SitesOf(string? column) => column is null ? "NULL" : string.Create(CultureInfo.InvariantCulture,
        $"CASE WHEN count(DISTINCT {column}) <= {DataFile.SitesMax} THEN string_agg(DISTINCT {column}::VARCHAR, ' ') END");

    static int[] Sites(string list) => [.. list.Split(' ').Select(site => int.Parse(site, CultureInfo.InvariantCulture)).Order()];

    static long? Number(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);

    static (long Bytes, string Hash) Measured(string path)
    {
        using var file = File.OpenRead(path);
        var hash = new XxHash3();
        hash.Append(file);
        return (file.Length, Convert.ToHexStringLower(hash.GetCurrentHash()));
    }
}
