using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>Reads records out of a segment and, past damage, finds where they go on.</summary>
static class SegmentReader
{
    // Small enough for the garbage collector's youngest generation, large enough that a system call's price does not matter.
    const int ChunkBytes = 64 * 1024;

    /// <summary>
    /// The whole records from an offset on, below a limit: at least one, however long, and about <paramref name="bytesMax"/> bytes. None
    /// means that no whole record begins at the offset.
    /// </summary>
    public static List<LogRecord> Read(Segment segment, long offset, long limit, int bytesMax)
    {
        var records = new List<LogRecord>();
        if (segment.Salt is not { } salt)
        {
            return records;
        }

        long stop = Math.Min(limit, offset + Math.Max(bytesMax, 1));
        while (offset < stop)
        {
            ReadOnlyMemory<byte> chunk = ReadChunk(segment, offset, (int)Math.Min(limit - offset, ChunkBytes));
            long next = Split(chunk, salt, offset, stop, records);
            if (next == offset && ReadLong(segment, salt, offset, limit, chunk.Span) is { } record)
            {
                records.Add(record);
                next = record.NextOffset;
            }

            if (next == offset)
            {
                break;
            }

            offset = next;
        }

        return records;
    }

    /// <summary>The first offset from one on at which a whole record begins, or the limit.</summary>
    public static long FindRecord(Segment segment, long offset, long limit)
    {
        if (segment.Salt is not { } salt)
        {
            return limit;
        }

        byte[] window = new byte[ChunkBytes];
        while (offset + RecordFrame.HeaderBytes <= limit)
        {
            int read = segment.Read(window.AsSpan(0, (int)Math.Min(limit - offset, window.Length)), offset);
            int candidates = read - RecordFrame.HeaderBytes + 1;
            for (int at = 0; at < candidates; at++)
            {
                if (RecordFrame.TryReadLength(window.AsSpan(at), salt, offset + at, out _) && Read(segment, offset + at, limit, 1).Count > 0)
                {
                    return offset + at;
                }
            }

            if (candidates <= 0)
            {
                break;
            }

            offset += candidates;
        }

        return limit;
    }

    static long Split(ReadOnlyMemory<byte> chunk, ulong salt, long offset, long stop, List<LogRecord> records)
    {
        while (offset < stop && chunk.Length >= RecordFrame.HeaderBytes && RecordFrame.TryReadLength(chunk.Span, salt, offset, out int length)
            && length <= chunk.Length - RecordFrame.HeaderBytes)
        {
            ReadOnlyMemory<byte> frame = chunk[..(RecordFrame.HeaderBytes + length)];
            if (!RecordFrame.IsWhole(frame.Span, salt, offset))
            {
                break;
            }

            records.Add(new LogRecord(offset, offset + frame.Length, frame[RecordFrame.HeaderBytes..]));
            offset += frame.Length;
            chunk = chunk[frame.Length..];
        }

        return offset;
    }

    // A record longer than a chunk is read by itself.
    static LogRecord? ReadLong(Segment segment, ulong salt, long offset, long limit, ReadOnlySpan<byte> start)
    {
        if (start.Length < RecordFrame.HeaderBytes || !RecordFrame.TryReadLength(start, salt, offset, out int length)
            || length <= start.Length - RecordFrame.HeaderBytes || offset + RecordFrame.HeaderBytes + length > limit)
        {
            return null;
        }

        ReadOnlyMemory<byte> frame = ReadChunk(segment, offset, RecordFrame.HeaderBytes + length);
        bool whole = frame.Length == RecordFrame.HeaderBytes + length && RecordFrame.IsWhole(frame.Span, salt, offset);
        return whole ? new LogRecord(offset, offset + frame.Length, frame[RecordFrame.HeaderBytes..]) : null;
    }

    static ReadOnlyMemory<byte> ReadChunk(Segment segment, long offset, int bytes)
    {
        byte[] chunk = GC.AllocateUninitializedArray<byte>(bytes);
        return chunk.AsMemory(0, segment.Read(chunk, offset));
    }
}
