using Footfall.Core.HitLog;

namespace Footfall.Core.Reports;

/// <summary>Tells what came into the warehouse since a state of it. Thread-safe. Implementations: DuckDB and Spark, over the Parquet files of a cluster.</summary>
public interface IGrowthSource
{
    /// <param name="since">Where the warehouse stood; a partition that is missing stood at its start.</param>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<Growth> SinceAsync(IReadOnlyList<LogPosition> since, CancellationToken cancellation);
}
