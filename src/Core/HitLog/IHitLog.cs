namespace Footfall.Core.HitLog;

/// <summary>
/// The seam between intake and everything else: a durable log of hits, read by position by independent readers.
/// Implementations: segment files (embedded), RabbitMQ streams (cluster). Thread-safe.
/// </summary>
public interface IHitLog : IAsyncDisposable
{
    /// <summary>How many partitions there are; records keep their order within one.</summary>
    int Partitions { get; }

    /// <summary>The partition that holds a visitor's hits, so that one processor sees all of them in order.</summary>
    int PartitionOf(int site, ulong visitor) => Partitions == 1 ? 0 : (int)((visitor ^ (uint)site) % (uint)Partitions);

    /// <summary>
    /// Appends one record. Completes only once it is durable: fsynced, or confirmed by a majority of replicas. The record is copied
    /// before the call returns: the caller may reuse its memory at once. Records are at most <see cref="RecordBytesMax"/> long.
    /// </summary>
    /// <returns>
    /// The position after the record; with <see cref="LogPosition.Untold"/> for an offset from a log that confirms without telling it, unless this
    /// process also reads the partition.
    /// </returns>
    /// <exception cref="HitLogUnavailableException">The record may not be durable, and the client must not be told that it is.</exception>
    ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation);

    /// <summary>
    /// The durable records from a position on, in order, at least one and about <paramref name="bytesMax"/> bytes at most. Waits until there is
    /// one. A record that the reader has been given once is given again, byte for byte, to every later read of the same position.
    /// </summary>
    /// <exception cref="HitLogDamagedException">A record below the end fails its checksum.</exception>
    ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation);

    /// <summary>
    /// The same for those who pass over damage for good: reads once more after it, because what memory or a cable spoilt on the way may be whole
    /// on the disk.
    /// </summary>
    /// <exception cref="HitLogDamagedException">The record was damaged both times.</exception>
    async ValueTask<IReadOnlyList<LogRecord>> ReadTwiceAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        try
        {
            return await ReadAsync(from, bytesMax, cancellation);
        }
        catch (HitLogDamagedException)
        {
            return await ReadAsync(from, bytesMax, cancellation);
        }
    }

    /// <summary>The oldest position that can still be read.</summary>
    LogPosition Start(int partition);

    /// <summary>The position after the newest durable record.</summary>
    LogPosition End(int partition);

    /// <summary>About how many bytes of records lie between two positions of a partition.</summary>
    long BytesBetween(LogPosition from, LogPosition to) => Math.Max(0, to.Offset - from.Offset);

    /// <summary>About how many bytes wait behind a position; 0 while a log that is far away has not said where it ends.</summary>
    /// <param name="position">Asked here, because a position may be where the log begins.</param>
    long WaitingBehind(Func<LogPosition> position)
    {
        try
        {
            var from = position();
            return BytesBetween(from, End(from.Partition));
        }
        catch (HitLogUnavailableException)
        {
            return 0;
        }
    }

    /// <summary>
    /// Whether a record may be in the log twice although it was appended once, because a log that is far away cannot always tell whether an append
    /// that it did not confirm was made. Hits then need ids by which they are counted once.
    /// </summary>
    bool MayRepeat => false;

    /// <summary>
    /// Tells the log that a reader will never read before a position again. What lies before the slowest registered reader may be deleted,
    /// and nothing else. Durable, and cheap enough to be called every few seconds.
    /// </summary>
    ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation);

    /// <summary>
    /// Has the next record begin storage of its own, so that all that lies before it can be deleted to the last byte once every reader has
    /// released it: erasure needs it. Completes when it is so.
    /// </summary>
    ValueTask PartAsync(int partition, CancellationToken cancellation) => ValueTask.CompletedTask;

    /// <summary>Null while the log accepts appends; otherwise why it does not, in words for an operator.</summary>
    string? Unavailable { get; }

    /// <summary>The size of the largest record accepted, in bytes: a request of 1 MiB and its envelope.</summary>
    const int RecordBytesMax = 4 * 1024 * 1024;
}
