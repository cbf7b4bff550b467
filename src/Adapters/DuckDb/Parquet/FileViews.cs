using System.Globalization;
using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Shows files as the tables and views of Schema.sql: temporary views of a connection, which stand before the empty tables of its database.</summary>
sealed class FileViews(IReadOnlyList<(PartitionFolder Folder, PartitionManifest Manifest)> state, ReportScope scope)
{
    readonly ScopedFiles _scoped = new(state, scope);
    readonly HashSet<string> _files = new(StringComparer.Ordinal);

    /// <summary>How many files the views are over.</summary>
    public int Files => _files.Count;

    /// <summary>What reports read.</summary>
    public void ShowReports(DuckDBConnection connection)
    {
        ShowEvents(connection);
        ShowVisits(connection);
        View(connection, "items", Rows(ParquetTable.Items, _scoped.Of(ParquetTable.Items)));
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
        View(connection, "events_all", FileSql.Relabelled(Rows(ParquetTable.Events, _scoped.Events), Amended()));

    public void ShowVisits(DuckDBConnection connection)
    {
        View(connection, "visits", FileSql.Standing(Rows(ParquetTable.Visits, _scoped.Visits), Amended()));
        View(connection, "visit_parts", FileSql.Relabelled(Rows(ParquetTable.Parts, _scoped.Parts), Amended()));
        View(connection, "visits_all", "(SELECT * FROM visits UNION ALL SELECT * FROM merged('visit_parts'))");
    }

    /// <summary>A table that nothing amends.</summary>
    public void Show(DuckDBConnection connection, ParquetTable table) => View(connection, table.Name, Rows(table, _scoped.Of(table)));

    void ShowState(DuckDBConnection connection)
    {
        var rows = _scoped.State.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"({one.Position.Partition}, {one.Position.Offset}, {one.NextSequence}, {one.NextVisit}, make_timestamp({one.CompleteUntil * 1000}), {PartitionManifest.FormatVersion})"));
        var list = string.Join(", ", rows);
        const string Columns = "partition, log_offset, next_sequence, next_visit, complete_until, format_version";
        View(connection, "warehouse_state", list.Length == 0 ? "memory.main.warehouse_state" : $"(VALUES {list}) s({Columns})");
    }

    string? Amended() => _scoped.Amended is { Count: > 0 } files ? Rows(ParquetTable.Amended, files) : null;

    string Rows(ParquetTable table, List<string> addresses)
    {
        _files.UnionWith(addresses);
        return FileSql.Rows(table, addresses);
    }

    void View(DuckDBConnection connection, string name, string relation)
    {
        var where = scope.Site is { } site && name is not ("warehouse_state" or "visits_all")
            ? string.Create(CultureInfo.InvariantCulture, $" WHERE site = {site}") : "";
        connection.Run($"CREATE OR REPLACE TEMP VIEW {name} AS SELECT * FROM {relation}{where}");
    }
}
