using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>The records of a block, laid out so that like lies by like and compresses well; they come back byte for byte.</summary>
public static class RecordColumns
{
    /// <summary>What a frame of the embedded log adds to a record; any other distance of positions is kept as well.</summary>
    const long UsualFrame = 16;

    const int TotalBytesMax = 1 << 30;

    public static IReadOnlyList<ReadOnlyMemory<byte>> Split(IReadOnlyList<LogRecord> records)
    {
        var columns = new List<ColumnWriter> { new() };
        var (places, batches) = (columns[0], new BatchColumns(columns));
        var at = records[0].Offset;
        foreach (var record in records)
        {
            batches.Add(record.Bytes);
            places.Signed(record.Offset - at);
            places.Signed(record.NextOffset - record.Offset - record.Bytes.Length - UsualFrame);
            at = record.NextOffset;
        }
        return [.. columns.Select(column => column.Written)];
    }

    /// <exception cref="FormatException">The columns are not those of that many records.</exception>
    public static IReadOnlyList<LogRecord> Join(IReadOnlyList<ReadOnlyMemory<byte>> columns, long start, int count)
    {
        var queue = new ColumnQueue(columns);
        var (places, batches) = (queue.Next(), new BatchSource(queue));
        var records = new List<LogRecord>(Math.Min(count, 1 << 16));
        var at = start;
        var total = 0L;
        for (var index = 0; index < count; index++)
        {
            var record = batches.Next();
            var offset = at + places.Signed();
            at = offset + places.Signed() + UsualFrame + record.Length;
            total += record.Length;
            if (record.Length > IHitLog.RecordBytesMax || total > TotalBytesMax || at < offset)
                throw new FormatException("a block holds a record that is larger than one can be");
            records.Add(new LogRecord(offset, at, record));
        }
        return places.IsAtEnd && queue.IsEmpty ? records : throw new FormatException("a block holds more than its records");
    }
}
