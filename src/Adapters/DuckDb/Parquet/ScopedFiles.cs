using Footfall.Adapters.Sql;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Which files of a state can hold what lies within a scope.</summary>
sealed class ScopedFiles(IReadOnlyList<(PartitionFolder Folder, PartitionManifest Manifest)> state, ReportScope scope)
{
    public List<string> Events => Of(ParquetTable.Events, scope.From);

    public List<string> Visits => Of(ParquetTable.Visits, scope.VisitsFrom);

    /// <summary>All of the site, whatever their time: they tell of one visit together.</summary>
    public List<string> Parts => Chosen(ParquetTable.Parts, file => file.MayHold(scope.Site));

    public List<string> Amended => Chosen(ParquetTable.Amended, file => file.MayHold(scope.Site));

    /// <summary>Where each partition stands, of those that have anything.</summary>
    public List<WarehouseState> State => [.. state.Select(partition => partition.Manifest).Where(manifest => manifest.Offset > 0).Select(manifest => manifest.State)];

    /// <summary>A table that nothing amends.</summary>
    public List<string> Of(ParquetTable table) => Of(table, scope.From);

    /// <summary>All files that reports read, by partition and name: the folder may lie elsewhere for another process.</summary>
    public IEnumerable<string> OfReports() => Events.Concat(Visits).Concat(Parts).Concat(Amended).Concat(Of(ParquetTable.Items)).Concat(Of(ParquetTable.Definitions))
        .Select(path => $"{Path.GetFileName(Path.GetDirectoryName(path))}/{Path.GetFileName(path)}");

    List<string> Of(ParquetTable table, DateTime? from) =>
        Chosen(table, file => file.MayHold(scope.Site) && file.MayHold(Milliseconds(from), Milliseconds(scope.To?.AddTicks(TimeSpan.TicksPerMillisecond - 1))));

    List<string> Chosen(ParquetTable table, Func<DataFile, bool> matters) => [.. state.SelectMany(partition =>
        partition.Manifest.Files.Where(file => file.Table == table.Name && matters(file)).Select(file => partition.Folder.PathOf(file.Name)))];

    static long? Milliseconds(DateTime? time) => time is { } instant ? (instant - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMillisecond : null;
}
