using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>Reads the archive by position, as a log is read. Keeps the block it read last, because the next read mostly goes on in it. Not thread-safe.</summary>
public sealed class ArchiveReader(IArchive archive)
{
    ArchiveSegment? _segment;
    ArchiveIndex? _index;
    ArchiveBlock? _block;
    LogRecord[] _records = [];

    /// <summary>The records from a position on, in order, about <paramref name="bytesMax"/> bytes at most; none when the archive ends at or before it.</summary>
    /// <exception cref="HitLogDamagedException">No record that can be read begins there; it says where the next one does.</exception>
    public async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await TryReadAsync(from, bytesMax, cancellation);
            }
            catch (ArchiveChangedException)
            {
                // Written anew or deleted since it was looked up: the list knows what took its place.
                (_segment, _index, _block, _records) = (null, null, null, []);
            }
        }
    }

    async ValueTask<IReadOnlyList<LogRecord>> TryReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation)
    {
        if (await FindBlockAsync(from, cancellation) is not { } block)
            return [];
        var records = await ReadAsync(block, from, cancellation);
        var first = First(records, record => record.Offset >= from.Offset);
        if (first == records.Length)
            throw Nothing(from, block.End);
        if (records[first].Offset != from.Offset)
            throw Nothing(from, records[first].Offset);
        var end = first;
        for (long bytes = 0; end < records.Length && (end == first || bytes < bytesMax); end++)
        {
            // A hole between two records is told by the read that begins in it.
            if (end > first && records[end - 1].NextOffset != records[end].Offset)
                break;
            bytes += records[end].Bytes.Length;
        }
        return new ArraySegment<LogRecord>(records, first, end - first);
    }

    async ValueTask<ArchiveBlock?> FindBlockAsync(LogPosition from, CancellationToken cancellation)
    {
        var segments = archive.Segments(from.Partition);
        if (segments.Count == 0 || segments[^1].End <= from.Offset)
            return null;
        var segment = segments[First(segments, candidate => candidate.End > from.Offset)];
        if (segment.Start > from.Offset)
            throw Nothing(from, segment.Start);
        if (segment != _segment)
        {
            (_block, _records) = (null, []);
            try
            {
                (_segment, _index) = (segment, await archive.IndexAsync(segment, cancellation));
            }
            catch (ArchiveDamagedException damaged)
            {
                _segment = null;
                throw new HitLogDamagedException(from, segment.EndPosition, damaged.Message);
            }
        }
        var place = First(_index!.Blocks, candidate => candidate.End > from.Offset);
        if (place == _index.Blocks.Count)
            throw Nothing(from, segment.End);
        var block = _index.Blocks[place];
        return block.Start > from.Offset ? throw Nothing(from, block.Start) : block;
    }

    async ValueTask<LogRecord[]> ReadAsync(ArchiveBlock block, LogPosition from, CancellationToken cancellation)
    {
        if (block == _block)
            return _records;
        try
        {
            _records = [.. await archive.ReadAsync(_segment!, block, cancellation)];
            _block = block;
            return _records;
        }
        catch (ArchiveDamagedException damaged)
        {
            throw new HitLogDamagedException(from, new LogPosition(from.Partition, damaged.Damage.End), damaged.Message);
        }
    }

    /// <summary>Where a test begins to hold, in a list in which it holds from some place on.</summary>
    static int First<T>(IReadOnlyList<T> list, Func<T, bool> holds)
    {
        var (low, high) = (0, list.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (holds(list[middle]))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    static HitLogDamagedException Nothing(LogPosition from, long next) =>
        new(from, new LogPosition(from.Partition, next), $"The archive has no record at {from}; the next one is at {next}.");
}
