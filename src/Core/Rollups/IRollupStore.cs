using Footfall.Core.HitLog;

namespace Footfall.Core.Rollups;

/// <summary>
/// Rollups of closed days, derived from the warehouse and rebuildable from it. A day is in the store only while its rollup says what the warehouse
/// says: a writer of the warehouse touches the days of a batch <em>before</em> it commits the batch, which takes their rollups out; and a rollup made
/// from a warehouse that had not got that far is refused. So nobody who asks for the days of a site after having read the warehouse is told of a day
/// that what was read has changed. Each call is one transaction; calls for one site take effect one after the other. Thread-safe.
/// Implementations: DuckDB (embedded), PostgreSQL (cluster).
/// </summary>
public interface IRollupStore
{
    /// <summary>Which days of a site have a rollup. Called for every report, so it must be quick.</summary>
    ValueTask<RolledSite> SiteAsync(int site, CancellationToken cancellation);

    /// <summary>
    /// One dimension's slices of the days from one to another, both included, oldest first; a day without a rollup, or without that slice, is left out.
    /// </summary>
    ValueTask<IReadOnlyList<StoredSlice>> SlicesAsync(int site, string dimension, DateOnly from, DateOnly to, CancellationToken cancellation);

    /// <summary>
    /// A batch is about to change what the warehouse says of these days. Their rollups are taken out, a rollup of a later day is no longer
    /// <see cref="RolledDay.IsFirst"/>, and <see cref="PutAsync"/> refuses them until it is made from a warehouse that stands at <paramref name="through"/> or later.
    /// </summary>
    /// <param name="through">Where the warehouse will stand in its partition when the batch is committed.</param>
    ValueTask TouchAsync(IReadOnlyCollection<SiteDay> days, LogPosition through, CancellationToken cancellation);

    /// <summary>Takes in the rollup of a day, in place of one that is there.</summary>
    /// <param name="day">Its edition is ignored; the store gives one.</param>
    /// <param name="generation">The site's, read before the warehouse was.</param>
    /// <param name="seen">Where the warehouse stood in each partition before it was read. A partition that is missing stands at its start.</param>
    /// <returns>
    /// <see cref="PutOutcome.Outdated"/> when the generation is another one, the day was touched through a later position than seen, or, of one that
    /// <see cref="RolledDay.IsFirst"/>, an earlier day was.
    /// </returns>
    ValueTask<PutOutcome> PutAsync(
        RolledDay day, long generation, IReadOnlyList<LogPosition> seen, IReadOnlyList<RollupSlice> slices, CancellationToken cancellation);

    /// <summary>Removes everything of a site and counts its generation up: somebody was forgotten, or the site is gone. Called after the warehouse has forgotten.</summary>
    ValueTask DropAsync(int site, CancellationToken cancellation);
}
