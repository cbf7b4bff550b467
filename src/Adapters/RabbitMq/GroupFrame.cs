using System.Buffers;
using System.Buffers.Binary;
using System.IO.Hashing;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.RabbitMq;

/// <summary>
/// How records lie in a message: version, who sent it and its number among theirs, then each record with its length and check. See
/// docs/formats/hit-stream.md. A message without records marks a moment. All numbers are little-endian.
/// </summary>
public static class GroupFrame
{
    /// <summary>How many bits of a position's offset are the record's place in its message; the others are the message's offset in the stream.</summary>
    public const int IndexBits = 12;

    public const int RecordsMax = (1 << IndexBits) - 1;

    public const int HeaderBytes = 1 + 16 + 8;

    const byte Version = 1;
    const int RecordHeaderBytes = 4 + 8;
    const int PaddingLength = -1;

    static readonly ulong PaddingCheck = XxHash3.HashToUInt64([], PaddingLength);

    public static long PositionOf(long message, int index = 0) => (message << IndexBits) | (uint)index;

    public static long MessageOf(long position) => position >> IndexBits;

    public static int IndexOf(long position) => (int)(position & RecordsMax);

    public static void Begin(IBufferWriter<byte> body, Guid publisher, long sequence)
    {
        var header = body.GetSpan(HeaderBytes);
        header[0] = Version;
        publisher.TryWriteBytes(header[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64LittleEndian(header[17..], sequence);
        body.Advance(HeaderBytes);
    }

    public static void Add(IBufferWriter<byte> body, ReadOnlySpan<byte> record)
    {
        var frame = body.GetSpan(RecordHeaderBytes + record.Length);
        BinaryPrimitives.WriteInt32LittleEndian(frame, record.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[4..], CheckOf(record));
        record.CopyTo(frame[RecordHeaderBytes..]);
        body.Advance(RecordHeaderBytes + record.Length);
    }

    /// <summary>Ends a message with bytes that mean nothing: there is no way to have a stream begin a new segment but to fill the one it has.</summary>
    public static void Pad(IBufferWriter<byte> body, int bytes)
    {
        var frame = body.GetSpan(RecordHeaderBytes + bytes);
        BinaryPrimitives.WriteInt32LittleEndian(frame, PaddingLength);
        BinaryPrimitives.WriteUInt64LittleEndian(frame[4..], PaddingCheck);
        frame.Slice(RecordHeaderBytes, bytes).Clear();
        body.Advance(RecordHeaderBytes + bytes);
    }

    /// <summary>The number its publisher gave a message, when it is one of this publisher's.</summary>
    public static long? SequenceOf(ReadOnlySpan<byte> body, Guid publisher) =>
        body.Length >= HeaderBytes && body[0] == Version && new Guid(body[1..17], bigEndian: true) == publisher
            ? BinaryPrimitives.ReadInt64LittleEndian(body[17..])
            : null;

    /// <summary>Takes a message apart. A record that fails its check has no bytes; when the rest cannot be told apart, it is the last.</summary>
    /// <param name="message">The message's offset in the stream.</param>
    /// <returns>Position after each record, and its bytes; null where they are damaged.</returns>
    public static List<(LogRecord Record, bool IsWhole)> Read(long message, ReadOnlyMemory<byte> body)
    {
        var records = new List<(LogRecord, bool)>();
        var after = PositionOf(message + 1);
        if (body.Length < HeaderBytes || body.Span[0] != Version)
            return [(new LogRecord(PositionOf(message), after, default), false)];
        for (var (at, index) = (HeaderBytes, 0); at < body.Length; index++)
        {
            var length = body.Length - at < RecordHeaderBytes ? int.MinValue : BinaryPrimitives.ReadInt32LittleEndian(body.Span[at..]);
            if (length == PaddingLength && BinaryPrimitives.ReadUInt64LittleEndian(body.Span[(at + 4)..]) == PaddingCheck)
                return records;
            if (length < 0 || length > body.Length - at - RecordHeaderBytes)
            {
                records.Add((new LogRecord(PositionOf(message, index), after, default), false));
                return records;
            }
            var bytes = body.Slice(at + RecordHeaderBytes, length);
            var isWhole = BinaryPrimitives.ReadUInt64LittleEndian(body.Span[(at + 4)..]) == CheckOf(bytes.Span);
            at += RecordHeaderBytes + length;
            var next = at == body.Length ? after : PositionOf(message, index + 1);
            records.Add((new LogRecord(PositionOf(message, index), next, bytes), isWhole));
        }
        return records;
    }

    /// <summary>The length is part of the check: bytes that were shifted do not pass.</summary>
    static ulong CheckOf(ReadOnlySpan<byte> record) => XxHash3.HashToUInt64(record, record.Length);
}
