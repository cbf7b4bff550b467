using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using ZstdSharp;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The columns of a block, each compressed by itself.</summary>
static class BlockBody
{
    const int ColumnsMax = 4096;
    const int RawBytesMax = 1 << 29;

    public static ReadOnlyMemory<byte> Pack(IReadOnlyList<LogRecord> records, int level)
    {
        var columns = RecordColumns.Split(records);
        using var compressor = new Compressor(level);
        var (head, data) = (new ColumnWriter(), new ColumnWriter());
        head.Number((ulong)columns.Count);
        foreach (var column in columns)
        {
            var packed = compressor.Wrap(column.Span);
            // A column that does not get smaller is stored as it is, which its two equal sizes say.
            var stored = packed.Length < column.Length ? packed : column.Span;
            head.Number((ulong)column.Length);
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
        var sizes = new (int Raw, int Stored)[reader.Size(ColumnsMax)];
        long total = 0;
        for (var index = 0; index < sizes.Length; index++)
        {
            sizes[index] = (reader.Size(RawBytesMax), reader.Size(body.Length));
            total += sizes[index].Raw;
        }
        if (total > RawBytesMax)
            throw new FormatException("a block claims to be larger than one can be");
        using var decompressor = new Decompressor();
        var columns = new ReadOnlyMemory<byte>[sizes.Length];
        for (var index = 0; index < sizes.Length; index++)
            columns[index] = Unpack(decompressor, reader.Bytes(sizes[index].Stored), sizes[index].Raw);
        var records = RecordColumns.Join(columns, frame.Start, frame.Records);
        if (!reader.IsAtEnd || (records.Count > 0 && records[^1].NextOffset != frame.End))
            throw new FormatException("a block does not end where it says");
        return records;
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
