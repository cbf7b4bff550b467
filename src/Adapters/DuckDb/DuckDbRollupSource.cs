using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>Reads what rollups hold by DuckDB, from its own file or from Parquet files.</summary>
public sealed class DuckDbRollupSource(IReportTables tables, TimeSpan timeout, int atOnce, TimeProvider time)
    : SqlRollupSource(new DuckDbSessions(tables, timeout, atOnce, time))
{
    /// <param name="open">Opens a connection to a database that has the tables; closed here.</param>
    public DuckDbRollupSource(Func<DuckDBConnection> open, TimeSpan timeout, int atOnce, TimeProvider time)
        : this(new DatabaseTables(open), timeout, atOnce, time)
    {
    }
}
