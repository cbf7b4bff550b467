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
sealed class BatchColumns
{
    readonly ColumnWriter _kinds, _whole, _times, _counts, _marks, _sites;
    readonly IdColumns _ids;
    readonly ValueColumn _languages, _refusals, _visitors, _agents, _addresses;
    readonly PayloadColumns _payloads;
    readonly Dictionary<string, byte[]> _texts = new(StringComparer.Ordinal);
    readonly ArrayBufferWriter<byte> _again = new();
    long _time;

    public BatchColumns(List<ColumnWriter> columns)
    {
        _kinds = ColumnWriter.AddedTo(columns);
        _whole = ColumnWriter.AddedTo(columns);
        _times = ColumnWriter.AddedTo(columns);
        _counts = ColumnWriter.AddedTo(columns);
        _marks = ColumnWriter.AddedTo(columns);
        _sites = ColumnWriter.AddedTo(columns);
        _ids = new IdColumns(columns);
        _languages = new ValueColumn(columns, _ids);
        _refusals = new ValueColumn(columns, _ids);
        _visitors = new ValueColumn(columns, _ids);
        _agents = new ValueColumn(columns, _ids);
        _addresses = new ValueColumn(columns, _ids);
        _payloads = new PayloadColumns(columns, _ids);
    }

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
        if (HitBatchCodec.TryRead(record) is not { } batch)
            return null;
        _again.ResetWrittenCount();
        HitBatchCodec.Write(_again, batch);
        return _again.WrittenSpan.SequenceEqual(record.Span) ? batch : null;
    }

    void Add(HitBatch batch)
    {
        _times.Signed(unchecked(batch.ReceivedAt - _time));
        _time = batch.ReceivedAt;
        Span<byte> id = stackalloc byte[16];
        batch.FirstId.TryWriteBytes(id, bigEndian: true, out _);
        // An id begins with the time in milliseconds, which mostly is that of receipt; the rest of it is random.
        _times.Signed(unchecked((BinaryPrimitives.ReadInt64BigEndian(id) >> 16) - batch.ReceivedAt));
        _ids.Add(id[6..]);
        _counts.Number((ulong)batch.Hits.Count);
        var visitor = -1;
        foreach (var hit in batch.Hits)
            visitor = Add(hit);
        _languages.Add(Utf8(batch.AcceptLanguage), new Contexts(visitor, -1));
    }

    /// <returns>The number of its visitor.</returns>
    int Add(in Hit hit)
    {
        if (hit.Refusal is { } refusal)
        {
            _marks.Byte(BatchSource.Refused);
            _sites.Number((uint)hit.Site);
            _refusals.Add(Utf8(refusal), Contexts.None);
            return -1;
        }
        _marks.Byte(hit.Trusted ? BatchSource.Trusted : BatchSource.Plain);
        _marks.Byte((byte)hit.Protocol);
        _marks.Byte((byte)hit.Identity);
        // A visitor is one of a site, so that the two are one value.
        var visitor = new byte[BatchSource.VisitorBytes];
        BinaryPrimitives.WriteInt32LittleEndian(visitor, hit.Site);
        BinaryPrimitives.WriteUInt64LittleEndian(visitor.AsSpan(4), hit.Visitor);
        var number = _visitors.Add(visitor, Contexts.None);
        var contexts = new Contexts(number, -1);
        _agents.Add(Utf8(hit.UserAgent), contexts);
        _addresses.Add(BytesOf(hit.Address), contexts);
        _payloads.Add(hit.Payload, number);
        return number;
    }

    byte[] Utf8(string text)
    {
        if (!_texts.TryGetValue(text, out var bytes))
            _texts.Add(text, bytes = Encoding.UTF8.GetBytes(text));
        return bytes;
    }

    static byte[] BytesOf(IPAddress? address) => address?.GetAddressBytes() ?? [];
}
