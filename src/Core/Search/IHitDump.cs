using Footfall.Core.Archive;
using Footfall.Core.HitLog;

namespace Footfall.Core.Search;

/// <summary>
/// The raw dump as whoever fills it sees it: what is there, and how far it was filled. It is derived from the history and keeps the positions itself,
/// so that one that is lost, or is restored from a copy, is filled again from where it ends. Thread-safe. Every member throws
/// <see cref="HitSearchUnavailableException"/> when nobody answers.
/// </summary>
public interface IHitDump
{
    /// <summary>Makes what it needs where it is missing.</summary>
    ValueTask PrepareAsync(CancellationToken cancellation);

    /// <summary>Everything of a partition before it was delivered; null when nothing was.</summary>
    ValueTask<LogPosition?> PositionAsync(int partition, CancellationToken cancellation);

    /// <summary>Durable once it completes.</summary>
    ValueTask StoreAsync(LogPosition position, CancellationToken cancellation);

    /// <summary>The offset of the newest record of which a hit is there, whether or not a position says so; -1 when there is none.</summary>
    ValueTask<long> ReachAsync(int partition, CancellationToken cancellation);

    /// <summary>Which of some hits are there, of those that were delivered before the last call of <see cref="ReachAsync"/>.</summary>
    ValueTask<IReadOnlySet<Guid>> KnownAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation);

    /// <summary>Writes down hits that were refused, each once however often it is told. Durable once it completes.</summary>
    ValueTask KeepRefusedAsync(IReadOnlyList<RefusedDocument> hits, CancellationToken cancellation);

    /// <summary>The hits that were refused, the newest first, so many at most; and how many there are.</summary>
    ValueTask<(long Count, IReadOnlyList<RefusedDocument> Newest)> RefusedAsync(int most, CancellationToken cancellation);

    /// <summary>Removes what a filter wants and what came before a position, of its partition, and looks that none is left.</summary>
    ValueTask EraseAsync(HitFilter filter, LogPosition through, CancellationToken cancellation);

    /// <summary>Begins new storage when it is due, and deletes what is kept long enough.</summary>
    ValueTask UpkeepAsync(CancellationToken cancellation);
}
