using Footfall.Core.Visits;

namespace Footfall.Core.Warehouse;

/// <summary>
/// Events, visits and items, derived from the hit log and rebuildable from it. One writer a partition; any number of readers.
/// Implementations: DuckDB (embedded), Parquet with Spark (cluster), in memory (simulation).
/// </summary>
public interface IWarehouse : IAsyncDisposable
{
    /// <summary>Where the warehouse stands for a partition.</summary>
    ValueTask<WarehouseState> StateAsync(int partition, CancellationToken cancellation);

    /// <summary>Every key of a partition's deduplication window with its day of receipt, oldest day first.</summary>
    IEnumerable<(UInt128 Key, DateOnly Day)> Keys(int partition);

    /// <summary>Visits of all visitors of a partition that ended at or after a time (milliseconds), to fill a processor's memory at start.</summary>
    IEnumerable<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(int partition, long endedAt);

    /// <summary>All visits of some visitors of a partition, for events older than what the processor remembers.</summary>
    ValueTask<IReadOnlyList<(VisitorKey Visitor, VisitSpan Span)>> FindVisitsAsync(
        int partition, IReadOnlyCollection<VisitorKey> visitors, CancellationToken cancellation);

    /// <summary>
    /// Visits of a partition that ended before this time (milliseconds) may stand merged in one row; a batch that adds to one names it in
    /// <see cref="WarehouseBatch.Reopened"/>.
    /// </summary>
    long VisitsMergedBefore(int partition);

    /// <summary>Adds a batch and moves its partition's position in one transaction: all of it is there afterwards, or none.</summary>
    /// <exception cref="FencedWriterException">A later owner of the partition has written.</exception>
    ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation);

    /// <summary>
    /// Moves a partition's recent rows into sorted ones, merges the parts of visits that ended before a time, unless it was asked to up to
    /// that time before, and deletes keys received before a day. Answers do not change.
    /// </summary>
    /// <param name="epoch">As in <see cref="WarehouseBatch.Epoch"/>.</param>
    /// <exception cref="FencedWriterException">A later owner of the partition has written.</exception>
    ValueTask CompactAsync(int partition, long epoch, long visitsEndedBefore, DateOnly keysBefore, CancellationToken cancellation);

    /// <summary>
    /// Deletes everything about a site, or about one visitor of it, in one transaction: visits and their events together. In the ledger the hits
    /// move to <see cref="Outcomes.Erased"/>, so that it balances still.
    /// </summary>
    /// <param name="visitor">Null is the whole site.</param>
    /// <returns>How much went, and the position up to which it went.</returns>
    ValueTask<ForgottenRows> ForgetAsync(int partition, int site, ulong? visitor, CancellationToken cancellation);

    /// <summary>The sums of everything, all of one moment.</summary>
    ValueTask<WarehouseBooks> BooksAsync(int partition, CancellationToken cancellation);

    /// <summary>Which logic and rules made what is in the warehouse, by site and version.</summary>
    ValueTask<IReadOnlyList<DefinedDays>> DefinitionsAsync(CancellationToken cancellation);

    /// <summary>Every stretch of the log that had to be passed over, oldest first.</summary>
    IReadOnlyList<LogDamage> Damage();

    /// <summary>Hits of a partition that are set aside, in the order of the log.</summary>
    /// <param name="site">Null is any.</param>
    /// <param name="after">The offset of a record and the place of a hit in it; those behind are given.</param>
    /// <param name="limit">How many at most.</param>
    ValueTask<IReadOnlyList<SetAsideHit>> SetAsideAsync(int partition, int? site, (long Offset, int Index) after, int limit, CancellationToken cancellation);

    /// <summary>How many hits of a partition are set aside.</summary>
    /// <param name="site">Null is any.</param>
    ValueTask<long> CountSetAsideAsync(int partition, int? site, CancellationToken cancellation);

    /// <summary>The ledger of a site by hour of receipt, oldest first.</summary>
    /// <param name="from">Milliseconds, inclusive.</param>
    /// <param name="to">Milliseconds, exclusive.</param>
    ValueTask<IReadOnlyList<LedgerLine>> LedgerAsync(int site, long from, long to, CancellationToken cancellation);

    /// <summary>The events of a site that came from hits in some records of the log, of a time.</summary>
    /// <param name="from">Milliseconds, inclusive; of when they occurred.</param>
    /// <param name="to">Milliseconds, exclusive.</param>
    /// <param name="logOffsets">Of the records; those of another partition at the same offset are given as well.</param>
    ValueTask<IReadOnlyList<FoundEvent>> FindEventsAsync(
        int site, long from, long to, IReadOnlyCollection<long> logOffsets, CancellationToken cancellation);

    /// <summary>When a site was last heard of.</summary>
    ValueTask<SiteActivity> ActivityAsync(int site, CancellationToken cancellation);
}
