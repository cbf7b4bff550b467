using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>Sessions of DuckDB: each has a connection and a thread of its own while it works.</summary>
sealed class DuckDbSessions(IReportTables tables, TimeSpan timeout, int atOnce, TimeProvider time) : ISqlSessions
{
    readonly ReportRunner _runner = new(tables.Open, timeout, atOnce, time);

    public ValueTask<T> InOneStateAsync<T>(Func<ISqlSession, ValueTask<T>> work, CancellationToken cancellation) =>
        _runner.RunAsync(connection => tables.InOneState(connection, show => Result(work(new Session(connection, show)))), cancellation);

    public void Dispose() => _runner.Dispose();

    /// <summary>DuckDB answers on the thread that asks, so nothing in the work can have waited for anything.</summary>
    static T Result<T>(ValueTask<T> work) =>
        work.IsCompleted ? work.GetAwaiter().GetResult() : throw new InvalidOperationException("A question to DuckDB waited for something else.");

    sealed class Session(ReportConnection connection, Action<ReportScope> show) : ISqlSession
    {
        public SqlDialect Dialect => DuckDbDialect.Instance;

        public ValueTask ShowAsync(ReportScope scope)
        {
            show(scope);
            return ValueTask.CompletedTask;
        }

        public ValueTask<T> QueryAsync<T>(string sql, SqlParameters parameters, Func<ISqlRows, T> read) =>
            ValueTask.FromResult(connection.Query(sql, parameters, rows => read(new DuckDbRows(rows))));
    }
}
