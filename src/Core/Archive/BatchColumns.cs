using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>
/// Takes records apart into a column for each field, and one for each key of their JSON. A record that would not come back byte for byte, because
/// another program wrote it, is kept as it is. The order of the columns is that of <see cref="BatchSource"/>.
/// </summary>
sealed class BatchColumns(List<ColumnWriter> columns)
{
    readonly ColumnWriter _kinds = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _whole = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _times = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _ids = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _counts = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _marks = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _sites = ColumnWriter.AddedTo(columns);
    readonly ValueColumn _languages = new(columns);
    readonly ValueColumn _refusals = new(columns);
    readonly ValueColumn _visitors = new(columns);
    readonly ValueColumn _agents = new(columns);
    readonly ValueColumn _addresses = new(columns);
    readonly ValueColumn _shapes = new(columns);
    readonly PayloadColumns _payloads = new(columns);
    readonly Dictionary<string, byte[]> _texts = new(StringComparer.Ordinal);
    readonly ArrayBufferWriter<byte> _again = new();
    long _time;

    public void Add(ReadOnlyMemory<byte> record)
    {
        if (Read(record) is { } batch)
        {
            _kinds.Byte(BatchSource.Known);
            Add(batch);
            return;
        }
        _kinds.Byte(BatchSource.Whole);
        _whole.Counted(record.Span);
    }

    HitBatch? Read(ReadOnlyMemory<byte> record)
    {
        try
        {
            var batch = HitBatchCodec.Read(record);
            _again.ResetWrittenCount();
            HitBatchCodec.Write(_again, batch);
            return _again.WrittenSpan.SequenceEqual(record.Span) ? batch : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    void Add(HitBatch batch)
    {
        _times.Signed(unchecked(batch.ReceivedAt - _time));
        _time = batch.ReceivedAt;
        Span<byte> id = stackalloc byte[16];
        batch.FirstId.TryWriteBytes(id, bigEndian: true, out _);
        // An id begins with the time in milliseconds, which mostly is that of receipt; the rest of it is random.
        _times.Signed(unchecked((BinaryPrimitives.ReadInt64BigEndian(id) >> 16) - batch.ReceivedAt));
        _ids.Bytes(id[6..]);
        _languages.Add(Utf8(batch.AcceptLanguage));
        _counts.Number((ulong)batch.Hits.Count);
        foreach (var hit in batch.Hits)
            Add(hit);
    }

    void Add(in Hit hit)
    {
        _sites.Number((uint)hit.Site);
        if (hit.Refusal is { } refusal)
        {
            _marks.Byte(BatchSource.Refused);
            _refusals.Add(Utf8(refusal));
            return;
        }
        _marks.Byte(hit.Trusted ? BatchSource.Trusted : BatchSource.Plain);
        _marks.Byte((byte)hit.Protocol);
        _marks.Byte((byte)hit.Identity);
        var visitor = new byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(visitor, hit.Visitor);
        _visitors.Add(visitor);
        _agents.Add(Utf8(hit.UserAgent));
        _addresses.Add(BytesOf(hit.Address));
        _payloads.Add(hit.Payload, _shapes);
    }

    byte[] Utf8(string text)
    {
        if (!_texts.TryGetValue(text, out var bytes))
            _texts.Add(text, bytes = Encoding.UTF8.GetBytes(text));
        return bytes;
    }

    static byte[] BytesOf(IPAddress? address) => address?.GetAddressBytes() ?? [];
}
