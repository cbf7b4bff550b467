using System.Buffers;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>Records that go to the broker as one message: gathered under the lock of their appender, then sent, never changed again.</summary>
sealed class RecordGroup(Guid publisher, long sequence)
{
    readonly ArrayBufferWriter<byte> _body = Begin(publisher, sequence);
    readonly TaskCompletionSource _durable = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public long Sequence => sequence;

    public int Count { get; private set; }

    public int Bytes => _body.WrittenCount;

    /// <summary>What its records count in their partition's limit.</summary>
    public long RecordBytes { get; private set; }

    public ReadOnlyMemory<byte> Body => _body.WrittenMemory;

    /// <summary>Ends when the broker has confirmed the message; fails with <see cref="HitLogUnavailableException"/>.</summary>
    public Task Durable => _durable.Task;

    public bool IsFull(int bytesMax) => Bytes >= bytesMax || Count == GroupFrame.RecordsMax;

    /// <returns>The record's place in the group.</returns>
    public int Add(ReadOnlySpan<byte> record)
    {
        GroupFrame.Add(_body, record);
        RecordBytes += record.Length;
        return Count++;
    }

    /// <summary>Fills up with bytes that mean nothing.</summary>
    public void Pad(int bytes) => GroupFrame.Pad(_body, bytes);

    public void Succeed() => _durable.TrySetResult();

    public void Fail(HitLogUnavailableException why) => _durable.TrySetException(why);

    static ArrayBufferWriter<byte> Begin(Guid publisher, long sequence)
    {
        var body = new ArrayBufferWriter<byte>(4096);
        GroupFrame.Begin(body, publisher, sequence);
        return body;
    }
}
