using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Reads from the warehouse what rollups hold: to make those of closed days, and to answer for days that have none. Bots are left out. Thread-safe; a
/// bounded number of readings run at once, the others wait. Implementations: DuckDB (embedded), Spark (cluster).
/// </summary>
public interface IRollupSource
{
    /// <summary>The days as wholes, and by each dimension, all of one snapshot of the warehouse.</summary>
    /// <param name="days">Local days of the site; may be none, to learn where the warehouse stands.</param>
    /// <param name="dimensions">Of <see cref="RollupDimensions"/>.</param>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<RollupReading> ReadAsync(Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions, CancellationToken cancellation);

    /// <summary>Where a site's events begin, and how many there are, bots included.</summary>
    /// <exception cref="ReportTimeoutException">It took too long, waiting included. Nothing is left running.</exception>
    ValueTask<SiteExtent> ExtentAsync(Site site, CancellationToken cancellation);
}
