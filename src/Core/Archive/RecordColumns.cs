using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>The records of a block, laid out so that like lies by like and compresses well; they come back byte for byte.</summary>
public static class RecordColumns
{
    /// <summary>What a frame of the embedded log adds to a record; any other distance of positions is kept as well.</summary>
    const long UsualFrame = 16;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(IReadOnlyList<LogRecord> records)
    {
        var (places, bytes) = (new ColumnWriter(), new ColumnWriter());
        var at = records[0].Offset;
        foreach (var record in records)
        {
            places.Signed(record.Offset - at);
            places.Signed(record.NextOffset - record.Offset - record.Bytes.Length - UsualFrame);
            places.Number((ulong)record.Bytes.Length);
            bytes.Bytes(record.Bytes.Span);
            at = record.NextOffset;
        }
        return [places.Written, bytes.Written];
    }

    /// <exception cref="FormatException">The columns are not those of that many records.</exception>
    public static IReadOnlyList<LogRecord> Join(IReadOnlyList<ReadOnlyMemory<byte>> columns, long start, int count)
    {
        if (columns.Count != 2)
            throw new FormatException("a block has the wrong number of columns");
        var (places, bytes) = (new ColumnReader(columns[0]), new ColumnReader(columns[1]));
        var records = new List<LogRecord>();
        var at = start;
        for (var index = 0; index < count; index++)
        {
            var offset = at + places.Signed();
            var frame = places.Signed() + UsualFrame;
            var record = bytes.Bytes(places.Size(IHitLog.RecordBytesMax));
            at = offset + frame + record.Length;
            records.Add(new LogRecord(offset, at, record));
        }
        return records;
    }
}
