using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>
/// Every hit there is, as one log: the archive up to its end, then the hit log. What a processor reads, so that a warehouse can be made again
/// from the first hit on. Owns neither. Reads are for one reader at a time.
/// </summary>
public sealed class HitHistory(IHitLog log, IArchive archive) : IHitLog
{
    readonly ArchiveReader _archive = new(archive);

    public int Partitions => log.Partitions;

    public string? Unavailable => log.Unavailable;

    public ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation) =>
        log.AppendAsync(partition, record, cancellation);

    /// <summary>
    /// The archive is asked first, even for what the log still has: erased hits are gone from it at once. The log is asked where the archive
    /// cannot give what it should have.
    /// </summary>
    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        try
        {
            var archived = await _archive.ReadAsync(from, bytesMax, cancellation);
            if (archived.Count > 0)
                return archived;
        }
        catch (HitLogDamagedException) when (from.Offset >= log.Start(from.Partition).Offset)
        {
            // The log's own copy is still there, whole.
        }
        return await log.ReadAsync(from, bytesMax, cancellation);
    }

    public long BytesBetween(LogPosition from, LogPosition to) => log.BytesBetween(from, to);

    public bool MayRepeat => log.MayRepeat;

    public LogPosition Start(int partition) =>
        archive.Segments(partition) is [var oldest, ..] ? oldest.StartPosition : log.Start(partition);

    public LogPosition End(int partition) => log.End(partition);

    public ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation) => log.ReleaseAsync(reader, position, cancellation);

    public ValueTask PartAsync(int partition, CancellationToken cancellation) => log.PartAsync(partition, cancellation);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
