using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>
/// The raw dump: every hit as it arrived, in sealed segments that never change, at the positions it had in the log. With the catalog it is the
/// ground truth; the warehouse is made from it. Implementations: a folder (embedded, or on storage that machines share), in memory (simulation).
/// Thread-safe; one writer a partition.
/// </summary>
public interface IArchive : IAsyncDisposable
{
    /// <summary>The sealed segments of a partition, oldest first; none overlaps another. A snapshot.</summary>
    IReadOnlyList<ArchiveSegment> Segments(int partition);

    /// <summary>What a segment holds, block by block.</summary>
    /// <exception cref="ArchiveDamagedException">No list of its blocks can be made: nothing of the segment can be read.</exception>
    /// <exception cref="ArchiveChangedException">It is listed no more.</exception>
    ValueTask<ArchiveIndex> IndexAsync(ArchiveSegment segment, CancellationToken cancellation);

    /// <summary>The records of one block, in order.</summary>
    /// <exception cref="ArchiveDamagedException">It fails its checks. Other blocks are not harmed by it.</exception>
    /// <exception cref="ArchiveChangedException">The segment is listed no more.</exception>
    ValueTask<IReadOnlyList<LogRecord>> ReadAsync(ArchiveSegment segment, ArchiveBlock block, CancellationToken cancellation);

    /// <summary>Reads all of a segment and compares it with its checksums: each stretch that is hurt, none when it is sound.</summary>
    ValueTask<IReadOnlyList<ArchiveDamage>> VerifyAsync(ArchiveSegment segment, CancellationToken cancellation);

    /// <summary>
    /// Begins a segment at a position. It is in no list until it is sealed, and a crash before that leaves nothing. Sealed, it takes the place of
    /// the segments that it covers, whose files are then destroyed.
    /// </summary>
    /// <param name="effort">How hard to compress.</param>
    IArchiveDraft Begin(LogPosition start, ArchiveEffort effort);

    /// <summary>Destroys a segment, as retention asks; the oldest first, so that what is left has no hole.</summary>
    ValueTask DeleteAsync(ArchiveSegment segment, CancellationToken cancellation);

    /// <summary>Destroys everything at and beyond a position, at which a record must begin or the archive end: for a copy that nobody writes.</summary>
    ValueTask CutAtAsync(LogPosition end, CancellationToken cancellation);

    /// <summary>
    /// Takes over a partition from another process: looks again at what is there, and clears away what that one left half done. For the one writer
    /// of the partition, before it writes.
    /// </summary>
    ValueTask TakeOverAsync(int partition, CancellationToken cancellation);

    /// <summary>Segments that were sealed and are gone although nobody deleted them; an operator must be told.</summary>
    IReadOnlyList<ArchiveSegment> Missing { get; }
}
