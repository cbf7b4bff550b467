using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Where reports find the tables and views of Schema.sql. Implementations: a database that has them (embedded), files that are shown as views
/// (cluster). Thread-safe.
/// </summary>
public interface IReportTables
{
    /// <summary>A further connection; the caller closes it.</summary>
    DuckDBConnection Open();

    /// <summary>
    /// Runs everything in one state of the warehouse; from the start once more, in a newer one, when what it read was deleted under it. The work is
    /// given what has its next statements find all that lies within a scope, and maybe more.
    /// </summary>
    internal T InOneState<T>(ReportConnection connection, Func<Action<ReportScope>, T> work);
}
