using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>A state of the tables, for an engine that reads the files itself.</summary>
sealed class FilesOfState(ParquetTables tables, List<(PartitionFolder Folder, PartitionManifest Manifest)> state) : IFilesOfState
{
    public ReportFiles Within(ReportScope scope)
    {
        var files = new ScopedFiles(state, scope);
        return new ReportFiles(files.Events, files.Visits, files.Parts, files.Amended, files.Of(ParquetTable.Definitions), files.State);
    }

    public bool IsOld() => !tables.Newest().SequenceEqual(state);
}
