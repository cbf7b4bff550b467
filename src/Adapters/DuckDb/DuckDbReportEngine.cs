using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>Answers reports by DuckDB, from its own file or from Parquet files.</summary>
/// <param name="definitionVersion">The processing logic stated where there is nothing that any could have made.</param>
public sealed class DuckDbReportEngine(IReportTables tables, TimeSpan timeout, int atOnce, Func<string> definitionVersion, TimeProvider time)
    : SqlReportEngine(new DuckDbSessions(tables, timeout, atOnce, time), definitionVersion)
{
    /// <param name="open">Opens a connection to a database that has the tables; the engine closes it.</param>
    public DuckDbReportEngine(Func<DuckDBConnection> open, TimeSpan timeout, int atOnce, Func<string> definitionVersion, TimeProvider time)
        : this(new DatabaseTables(open), timeout, atOnce, definitionVersion, time)
    {
    }
}
