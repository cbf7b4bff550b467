using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>Picks the records of one read out of the messages that hold them.</summary>
sealed class RecordPicker(LogPosition from, int bytesMax)
{
    readonly List<LogRecord> _records = [];
    long _bytes;
    bool _begun;

    public IReadOnlyList<LogRecord> Records => _records;

    /// <summary>Takes what a message holds, the messages in their order.</summary>
    /// <returns>False when the read is complete.</returns>
    /// <exception cref="HitLogDamagedException">The first record there is cannot be read.</exception>
    public bool Add(StreamMessage message)
    {
        if (!_begun && message.Offset > GroupFrame.MessageOf(from.Offset))
            throw new HitLogDamagedException(from, At(GroupFrame.PositionOf(message.Offset)), $"What stood at {from} was deleted.");
        _begun = true;
        foreach (var (record, isWhole) in GroupFrame.Read(message.Offset, message.Body))
        {
            if (record.Offset < from.Offset)
                continue;
            if (!isWhole && _records.Count == 0)
                throw new HitLogDamagedException(At(record.Offset), At(record.NextOffset), $"The record at {from.Partition}/{record.Offset} fails its check.");
            if (!isWhole || (_records.Count > 0 && _bytes + record.Bytes.Length > bytesMax))
                return false;
            _records.Add(record);
            _bytes += record.Bytes.Length;
        }
        return _bytes < bytesMax;
    }

    LogPosition At(long offset) => new(from.Partition, offset);
}
