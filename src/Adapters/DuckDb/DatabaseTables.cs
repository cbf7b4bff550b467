using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>A database that has the tables itself: a transaction is one state of it.</summary>
sealed class DatabaseTables(Func<DuckDBConnection> open) : IReportTables
{
    public DuckDBConnection Open() => open();

    public T InOneState<T>(ReportConnection connection, Func<Action<ReportScope>, T> work) => connection.InSnapshot(() => work(_ => { }));
}
