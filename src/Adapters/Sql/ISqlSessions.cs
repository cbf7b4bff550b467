using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>An engine's sessions, of which a bounded number work at once. Thread-safe. Implementations: DuckDB and Spark.</summary>
public interface ISqlSessions : IDisposable
{
    /// <summary>Runs everything in one state of the warehouse; from the start once more, in a newer one, when what it read was deleted under it.</summary>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<T> InOneStateAsync<T>(Func<ISqlSession, ValueTask<T>> work, CancellationToken cancellation);
}
