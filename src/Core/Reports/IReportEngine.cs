using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Answers questions over the warehouse, exactly. Everything it reads is the query's site's. Thread-safe; a bounded number of reports run at once,
/// the others wait. Implementations: DuckDB (embedded), Spark (cluster).
/// </summary>
public interface IReportEngine
{
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation);

    /// <summary>What happens on a site in the half hour before an instant.</summary>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation);

    /// <summary>How every site with visitors did in the 24 hours before an instant: one question for all sites, which reads two days of events.</summary>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation);
}
