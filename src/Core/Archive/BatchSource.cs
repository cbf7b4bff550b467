using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>Puts the records of <see cref="BatchColumns"/> together again.</summary>
sealed class BatchSource(ColumnQueue columns)
{
    /// <summary>A record as it was.</summary>
    public const byte Whole = 0;

    /// <summary>A record of the version that this program writes, field by field.</summary>
    public const byte Known = 1;

    public const byte Plain = 0;
    public const byte Trusted = 1;
    public const byte Refused = 2;

    readonly ColumnReader _kinds = columns.Next();
    readonly ColumnReader _whole = columns.Next();
    readonly ColumnReader _times = columns.Next();
    readonly ColumnReader _ids = columns.Next();
    readonly ColumnReader _counts = columns.Next();
    readonly ColumnReader _marks = columns.Next();
    readonly ColumnReader _sites = columns.Next();
    readonly ValueSource _languages = new(columns);
    readonly ValueSource _refusals = new(columns);
    readonly ValueSource _visitors = new(columns);
    readonly ValueSource _agents = new(columns);
    readonly ValueSource _addresses = new(columns);
    readonly ValueSource _shapes = new(columns);
    readonly PayloadSource _payloads = new(columns);
    readonly ArrayBufferWriter<byte> _record = new();
    readonly List<Hit> _hits = [];
    long _time;

    /// <exception cref="FormatException">The columns hold no further record.</exception>
    public ReadOnlyMemory<byte> Next()
    {
        if (_kinds.Byte() != Known)
            return _whole.Counted();
        _time = unchecked(_time + _times.Signed());
        var id = new byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, unchecked(_times.Signed() + _time) << 16);
        _ids.Bytes(10).CopyTo(id.AsMemory(6));
        var language = Text(_languages.Next());
        var count = _counts.Number();
        _hits.Clear();
        for (ulong index = 0; index < count; index++)
            _hits.Add(NextHit());
        _record.ResetWrittenCount();
        HitBatchCodec.Write(_record, new HitBatch(new Guid(id, bigEndian: true), _time, language, _hits));
        return _record.WrittenSpan.ToArray();
    }

    Hit NextHit()
    {
        var site = unchecked((int)_sites.Number());
        var marks = _marks.Byte();
        if (marks == Refused)
            return new Hit { Site = site, Refusal = Text(_refusals.Next()), UserAgent = "" };
        var (protocol, identity) = ((HitProtocol)_marks.Byte(), (VisitorIdentity)_marks.Byte());
        var visitor = _visitors.Next();
        return new Hit
        {
            Site = site,
            Trusted = marks == Trusted,
            Protocol = protocol,
            Identity = identity,
            Visitor = visitor.Length == 8 ? BinaryPrimitives.ReadUInt64LittleEndian(visitor.Span) : throw new FormatException("a visitor has a wrong length"),
            UserAgent = Text(_agents.Next()),
            Address = AddressOf(_addresses.Next().Span),
            Payload = _payloads.Next(_shapes),
        };
    }

    static IPAddress? AddressOf(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => null,
        4 or 16 => new IPAddress(bytes),
        _ => throw new FormatException("an address has a wrong length"),
    };

    static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
