using System.Globalization;
using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Shows files as the tables and views of Schema.sql: temporary views of a connection, which stand before the empty tables of its database.</summary>
sealed class FileViews(IReadOnlyList<(PartitionFolder Folder, PartitionManifest Manifest)> state, ReportScope scope)
{
    readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>How many files the views are over.</summary>
    public int Files => _files.Count;

    /// <summary>What reports read.</summary>
    public void ShowReports(DuckDBConnection connection)
    {
        ShowEvents(connection);
        ShowVisits(connection);
        View(connection, "items", Of(ParquetTable.Items, scope.From));
        // Not by the scope's time: days of definitions are local and have none.
        Show(connection, ParquetTable.Definitions);
        ShowState(connection);
    }

    /// <summary>Everything that Schema.sql has.</summary>
    public void ShowAll(DuckDBConnection connection)
    {
        ShowReports(connection);
        foreach (var table in (ParquetTable[])[ParquetTable.Keys, ParquetTable.Ledger, ParquetTable.Activity, ParquetTable.Damage, ParquetTable.SetAside])
            Show(connection, table);
    }

    public void ShowEvents(DuckDBConnection connection) =>
        View(connection, "events_all", FileSql.Relabelled(Of(ParquetTable.Events, scope.From), Amended()));

    /// <summary>Of parts all are shown, whatever their time: they tell of one visit together.</summary>
    public void ShowVisits(DuckDBConnection connection)
    {
        View(connection, "visits", FileSql.Standing(Of(ParquetTable.Visits, scope.VisitsFrom), Amended()));
        View(connection, "visit_parts", FileSql.Relabelled(Rows(ParquetTable.Parts, file => file.MayHold(scope.Site)), Amended()));
        View(connection, "visits_all", "(SELECT * FROM visits UNION ALL SELECT * FROM merged('visit_parts'))");
    }

    /// <summary>A table that nothing amends.</summary>
    public void Show(DuckDBConnection connection, ParquetTable table) => View(connection, table.Name, Of(table, scope.From));

    void ShowState(DuckDBConnection connection)
    {
        var rows = state.Where(partition => partition.Manifest.Offset > 0).Select(partition => string.Create(CultureInfo.InvariantCulture,
            $"({partition.Manifest.Partition}, {partition.Manifest.Offset}, {partition.Manifest.NextSequence}, {partition.Manifest.NextVisit}, make_timestamp({partition.Manifest.CompleteUntil * 1000}), {partition.Manifest.Format})"));
        var list = string.Join(", ", rows);
        const string Columns = "partition, log_offset, next_sequence, next_visit, complete_until, format_version";
        View(connection, "warehouse_state", list.Length == 0 ? "memory.main.warehouse_state" : $"(VALUES {list}) s({Columns})");
    }

    /// <summary>The rows of the files that can matter.</summary>
    string Of(ParquetTable table, DateTime? from) => Rows(table, file => file.MayHold(scope.Site) && file.MayHold(Milliseconds(from), Milliseconds(scope.To?.AddTicks(TimeSpan.TicksPerMillisecond - 1))));

    string? Amended()
    {
        var rows = Rows(ParquetTable.Amended, file => file.MayHold(scope.Site));
        return rows[0] == '(' ? null : rows;
    }

    string Rows(ParquetTable table, Func<DataFile, bool> matters)
    {
        var addresses = state.SelectMany(partition => partition.Manifest.Files.Where(file => file.Table == table.Name && matters(file))
            .Select(file => partition.Folder.PathOf(file.Name))).ToList();
        _files.UnionWith(addresses);
        return FileSql.Rows(table, addresses);
    }

    void View(DuckDBConnection connection, string name, string relation)
    {
        var where = scope.Site is { } site && name is not ("warehouse_state" or "visits_all")
            ? string.Create(CultureInfo.InvariantCulture, $" WHERE site = {site}") : "";
        connection.Run($"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {relation}{where}");
    }

    static long? Milliseconds(DateTime? time) => time is { } instant ? (instant - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond : null;
}
