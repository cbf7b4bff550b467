using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>A segment that is being written. Disposed without having been sealed, it leaves nothing. Not thread-safe.</summary>
public interface IArchiveDraft : IAsyncDisposable
{
    /// <summary>Bytes of the records taken so far.</summary>
    long RawBytes { get; }

    /// <summary>Takes the next record; its position must not lie before the end of the one before it.</summary>
    ValueTask AddAsync(LogRecord record, CancellationToken cancellation);

    /// <summary>Takes the next block as it is, unread: damaged or not, it stays what it was.</summary>
    ValueTask CopyAsync(ArchiveSegment from, ArchiveBlock block, CancellationToken cancellation);

    /// <summary>Makes the segment durable and lists it; what it covers is destroyed. Once this returns nothing can undo it.</summary>
    /// <param name="end">Where it ends, at or after the last record: a stretch between them holds nothing that could be read.</param>
    ValueTask<ArchiveSegment> SealAsync(LogPosition end, CancellationToken cancellation);
}
