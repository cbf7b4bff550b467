using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Where reports find the tables and views of Schema.sql. Implementations: a database that has them (embedded), files that are shown as views
/// (cluster). Thread-safe.
/// </summary>
public interface IReportTables
{
    /// <summary>A further connection; the caller closes it.</summary>
    DuckDBConnection Open();

    /// <summary>Runs everything in one state of the warehouse; from the start once more, in a newer one, when what it read was deleted under it.</summary>
    internal T InOneState<T>(ReportConnection connection, Func<T> work);

    /// <summary>Has the next statements of the connection find what lies within a scope, and maybe more. Within <see cref="InOneState"/>.</summary>
    internal void Show(ReportConnection connection, ReportScope scope);
}
