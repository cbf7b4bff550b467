using Footfall.Core.HitLog;

namespace Footfall.Core.Rollups;

/// <summary>
/// What the scheduled analysis remembers: how far it came, how much each site has, and its runs. Implementation: PostgreSQL. Thread-safe.
/// </summary>
public interface IAnalysisBook
{
    /// <summary>How far the analysis came in each partition; a partition that is missing is at its start.</summary>
    ValueTask<IReadOnlyList<LogPosition>> PositionsAsync(CancellationToken cancellation);

    /// <summary>Adds what came in and moves the position, in one transaction, so that nothing is counted twice.</summary>
    /// <param name="from">What <see cref="PositionsAsync"/> said.</param>
    /// <param name="epoch">Of the lease that the analysis runs under.</param>
    /// <returns>False when somebody with a later lease, or from another position, was here: nothing was added.</returns>
    ValueTask<bool> AdvanceAsync(
        IReadOnlyList<LogPosition> from, IReadOnlyList<LogPosition> through, IReadOnlyCollection<SiteEvents> grown, long epoch, CancellationToken cancellation);

    /// <summary>The sites that have at least so many events, by their number.</summary>
    ValueTask<IReadOnlyList<SiteEvents>> SitesAsync(long eventsMin, CancellationToken cancellation);

    /// <summary>Remembers a run; only the newest thousand are kept.</summary>
    ValueTask RecordAsync(AnalysisRun run, CancellationToken cancellation);

    /// <summary>The newest runs, newest first.</summary>
    ValueTask<IReadOnlyList<AnalysisRun>> RunsAsync(int most, CancellationToken cancellation);
}
