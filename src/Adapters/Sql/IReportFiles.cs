namespace Footfall.Adapters.Sql;

/// <summary>Finds the files of a warehouse, for an engine that reads them itself. Implementation: the Parquet warehouse. Thread-safe.</summary>
public interface IReportFiles
{
    /// <summary>The newest state of the warehouse. Its files stay for longer than the longest question.</summary>
    IFilesOfState Newest();
}
