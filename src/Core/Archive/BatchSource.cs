using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>Puts the records of <see cref="BatchColumns"/> together again.</summary>
sealed class BatchSource
{
    /// <summary>A record as it was.</summary>
    public const byte Whole = 0;

    /// <summary>A record of the version that this program writes, field by field.</summary>
    public const byte Known = 1;

    public const byte Plain = 0;
    public const byte Trusted = 1;
    public const byte Refused = 2;

    /// <summary>Site and hash.</summary>
    public const int VisitorBytes = 12;

    readonly ColumnReader _kinds, _whole, _times, _counts, _marks, _sites;
    readonly IdSource _ids;
    readonly ValueSource _languages, _refusals, _visitors, _agents, _addresses;
    readonly PayloadSource _payloads;
    readonly ArrayBufferWriter<byte> _record = new();
    readonly ByteArena _kept = new();
    readonly List<Hit> _hits = [];
    long _time;

    public BatchSource(ColumnQueue columns)
    {
        _kinds = columns.Next();
        _whole = columns.Next();
        _times = columns.Next();
        _counts = columns.Next();
        _marks = columns.Next();
        _sites = columns.Next();
        _ids = new IdSource(columns);
        _languages = new ValueSource(columns, _ids);
        _refusals = new ValueSource(columns, _ids);
        _visitors = new ValueSource(columns, _ids);
        _agents = new ValueSource(columns, _ids);
        _addresses = new ValueSource(columns, _ids);
        _payloads = new PayloadSource(columns, _ids);
    }

    /// <exception cref="FormatException">The columns hold no further record.</exception>
    public ReadOnlyMemory<byte> Next()
    {
        if (_kinds.Byte() != Known)
            return _whole.Counted();
        _time = unchecked(_time + _times.Signed());
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, unchecked(_times.Signed() + _time) << 16);
        _ids.Next(id[6..]);
        var count = _counts.Number();
        _hits.Clear();
        _payloads.Reuse();
        var visitor = -1;
        for (ulong index = 0; index < count; index++)
            _hits.Add(NextHit(out visitor));
        var language = Text(_languages.Next(new Contexts(visitor, -1)));
        _record.ResetWrittenCount();
        HitBatchCodec.Write(_record, new HitBatch(new Guid(id, bigEndian: true), _time, language, _hits));
        return _kept.Keep(_record.WrittenSpan);
    }

    Hit NextHit(out int number)
    {
        number = -1;
        var marks = _marks.Byte();
        if (marks == Refused)
            return new Hit { Site = unchecked((int)_sites.Number()), Refusal = Text(_refusals.Next(Contexts.None)), UserAgent = "" };
        var (protocol, identity) = ((HitProtocol)_marks.Byte(), (VisitorIdentity)_marks.Byte());
        number = _visitors.NextNumber(Contexts.None);
        var visitor = _visitors[number].Span;
        if (visitor.Length != VisitorBytes)
            throw new FormatException("a visitor has a wrong length");
        var contexts = new Contexts(number, -1);
        return new Hit
        {
            Site = BinaryPrimitives.ReadInt32LittleEndian(visitor),
            Trusted = marks == Trusted,
            Protocol = protocol,
            Identity = identity,
            Visitor = BinaryPrimitives.ReadUInt64LittleEndian(visitor[4..]),
            UserAgent = Text(_agents.Next(contexts)),
            Address = AddressOf(_addresses.Next(contexts).Span),
            Payload = _payloads.Next(number),
        };
    }

    static IPAddress? AddressOf(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        0 => null,
        4 or 16 => new IPAddress(bytes),
        _ => throw new FormatException("an address has a wrong length"),
    };

    static string Text(ReadOnlyMemory<byte> utf8) => RecentText.OfUtf8(utf8.Span);
}
