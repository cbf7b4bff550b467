using System.Globalization;
using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>A connection that runs one statement after the other for one report and can be interrupted from another thread.</summary>
sealed class ReportConnection(DuckDBConnection connection, CancellationToken stop)
{
    readonly Lock _gate = new();
    DuckDBCommand? _running;

    /// <summary>Runs everything in one snapshot of the database.</summary>
    public T InSnapshot<T>(Func<T> work)
    {
        using var transaction = connection.BeginTransaction();
        var result = work();
        transaction.Commit();
        return result;
    }

    /// <summary>Has statements of the connection's owner run where this report's run, such as those that make views.</summary>
    public void With(Action<DuckDBConnection> work)
    {
        stop.ThrowIfCancellationRequested();
        work(connection);
    }

    public T Query<T>(string sql, SqlParameters parameters, Func<DuckDBDataReader, T> read)
    {
        stop.ThrowIfCancellationRequested();
        using var command = connection.CreateCommand();
        // The text holds names of parameters and of the tables of metrics and dimensions, and no value of a request.
#pragma warning disable CA2100
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (index, value) in parameters.Values.Index())
            command.Parameters.Add(new DuckDBParameter(string.Create(CultureInfo.InvariantCulture, $"p{index}"), value));
        lock (_gate)
            _running = command;
        try
        {
            using var reader = command.ExecuteReader();
            return read(reader);
        }
        finally
        {
            lock (_gate)
                _running = null;
        }
    }

    public void Interrupt()
    {
        lock (_gate)
            _running?.Cancel();
    }
}
