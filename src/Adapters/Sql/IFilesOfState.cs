namespace Footfall.Adapters.Sql;

/// <summary>One state of a warehouse of files.</summary>
public interface IFilesOfState
{
    ReportFiles Within(ReportScope scope);

    /// <summary>Whether the warehouse has moved on, and may have deleted files of this state.</summary>
    bool IsOld();
}
