using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using ZstdSharp;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>
/// The columns of a block, compressed. A long column is compressed by itself, because like lies by like; the short ones together, because each
/// frame costs some bytes of its own.
/// </summary>
static class BlockBody
{
    const int ColumnsMax = 4096;
    const int RawBytesMax = 1 << 29;
    const int ShortBytes = 4096;

    public static ReadOnlyMemory<byte> Pack(IReadOnlyList<LogRecord> records, int level)
    {
        var columns = RecordColumns.Split(records);
        var (head, data, joined) = (new ColumnWriter(), new ColumnWriter(), new ColumnWriter());
        head.Number((ulong)columns.Count);
        foreach (var column in columns)
        {
            head.Number((ulong)column.Length);
            if (column.Length < ShortBytes)
                joined.Bytes(column.Span);
        }
        using var compressor = new Compressor(level);
        foreach (var part in columns.Where(column => column.Length >= ShortBytes).Prepend(joined.Written))
        {
            var packed = compressor.Wrap(part.Span);
            // A part that does not get smaller is stored as it is, which its two equal sizes say.
            var stored = packed.Length < part.Length ? packed : part.Span;
            head.Number((ulong)stored.Length);
            data.Bytes(stored);
        }
        head.Bytes(data.Written.Span);
        return head.Written;
    }

    /// <exception cref="FormatException">The bytes are not what this program writes.</exception>
    public static IReadOnlyList<LogRecord> Unpack(ReadOnlyMemory<byte> body, BlockFrame frame)
    {
        var reader = new ColumnReader(body);
        var lengths = new int[reader.Size(ColumnsMax)];
        for (var index = 0; index < lengths.Length; index++)
            lengths[index] = reader.Size(RawBytesMax);
        if (lengths.Sum(length => (long)length) > RawBytesMax)
            throw new FormatException("a block claims to be larger than one can be");
        int[] parts = [lengths.Where(length => length < ShortBytes).Sum(), .. lengths.Where(length => length >= ShortBytes)];
        var stored = new int[parts.Length];
        for (var index = 0; index < stored.Length; index++)
            stored[index] = reader.Size(body.Length);
        using var decompressor = new Decompressor();
        var unpacked = new Queue<ReadOnlyMemory<byte>>();
        for (var index = 0; index < parts.Length; index++)
            unpacked.Enqueue(Unpack(decompressor, reader.Bytes(stored[index]), parts[index]));
        var records = RecordColumns.Join(Apart(lengths, unpacked), frame.Start, frame.Records);
        if (!reader.IsAtEnd || (records.Count > 0 && records[^1].NextOffset != frame.End))
            throw new FormatException("a block does not end where it says");
        return records;
    }

    static List<ReadOnlyMemory<byte>> Apart(int[] lengths, Queue<ReadOnlyMemory<byte>> parts)
    {
        var joined = parts.Dequeue();
        var columns = new List<ReadOnlyMemory<byte>>();
        foreach (var length in lengths)
        {
            if (length >= ShortBytes)
            {
                columns.Add(parts.Dequeue());
                continue;
            }
            columns.Add(joined[..length]);
            joined = joined[length..];
        }
        return columns;
    }

    static ReadOnlyMemory<byte> Unpack(Decompressor decompressor, ReadOnlyMemory<byte> stored, int size)
    {
        if (stored.Length == size)
            return stored;
        var raw = new byte[size];
        try
        {
            return decompressor.Unwrap(stored.Span, raw) == size ? raw : throw new FormatException("a column is shorter than it says");
        }
        catch (ZstdException damaged)
        {
            throw new FormatException("a column cannot be decompressed", damaged);
        }
    }
}
