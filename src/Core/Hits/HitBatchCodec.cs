using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace Footfall.Core.Hits;

/// <summary>
/// A batch of hits as bytes, version 1; the layout is in docs/formats/hit.md. An agent or address equal to the one before it in the batch
/// costs one byte, so that a batch pays for its envelope once.
/// </summary>
public static class HitBatchCodec
{
    const byte Version = 1;

    [Flags]
    enum Marks : byte
    {
        None = 0,
        Trusted = 1,
        Refused = 2,
        SameAgent = 4,
        SameAddress = 8,
    }

    public static void Write(IBufferWriter<byte> output, HitBatch batch)
    {
        var writer = new ByteWriter(output);
        writer.Byte(Version);
        writer.Int64(batch.ReceivedAt);
        writer.Guid(batch.FirstId);
        writer.Text(batch.AcceptLanguage);
        writer.Number((ulong)batch.Hits.Count);
        string? agent = null;
        IPAddress? address = null;
        for (var index = 0; index < batch.Hits.Count; index++)
        {
            var hit = batch.Hits[index];
            WriteHit(ref writer, hit, agent, address, first: index == 0);
            if (hit.Refusal is null)
                (agent, address) = (hit.UserAgent, hit.Address);
        }
        writer.Flush();
    }

    /// <exception cref="FormatException">The bytes are not a batch of a known version.</exception>
    public static HitBatch Read(ReadOnlyMemory<byte> record)
    {
        var reader = new ByteReader(record);
        var version = reader.Byte();
        if (version != Version)
            throw new FormatException($"hit batch of version {version}; this program reads version {Version}");
        var receivedAt = reader.Int64();
        var firstId = reader.Guid();
        var language = reader.Text();
        var count = reader.Number();
        if (count > (ulong)record.Length)
            throw new FormatException("hit batch claims more hits than it has bytes");
        var hits = new Hit[count];
        var agent = "";
        IPAddress? address = null;
        for (var index = 0; index < hits.Length; index++)
        {
            hits[index] = ReadHit(ref reader, agent, address);
            if (hits[index].Refusal is null)
                (agent, address) = (hits[index].UserAgent, hits[index].Address);
        }
        return new HitBatch(firstId, receivedAt, language, hits);
    }

    /// <summary>When a record was received, without reading the rest of it; null when it is of no known version.</summary>
    public static long? ReceivedAtOf(ReadOnlySpan<byte> record) =>
        record.Length > 8 && record[0] == Version ? BinaryPrimitives.ReadInt64LittleEndian(record[1..]) : null;

    /// <summary>The batch, or null where <see cref="Read"/> would throw.</summary>
    public static HitBatch? TryRead(ReadOnlyMemory<byte> record)
    {
        try
        {
            return Read(record);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    static void WriteHit(ref ByteWriter writer, in Hit hit, string? agent, IPAddress? address, bool first)
    {
        var marks = hit.Trusted ? Marks.Trusted : Marks.None;
        if (hit.Refusal is not null)
            marks |= Marks.Refused;
        if (!first && agent is not null && string.Equals(agent, hit.UserAgent, StringComparison.Ordinal))
            marks |= Marks.SameAgent;
        if (!first && agent is not null && Equals(address, hit.Address))
            marks |= Marks.SameAddress;
        writer.Byte((byte)marks);
        writer.Number((uint)hit.Site);
        if (hit.Refusal is not null)
        {
            writer.Text(hit.Refusal);
            return;
        }
        writer.Byte((byte)hit.Protocol);
        writer.Byte((byte)hit.Identity);
        writer.Int64(unchecked((long)hit.Visitor));
        if (!marks.HasFlag(Marks.SameAgent))
            writer.Text(hit.UserAgent);
        if (!marks.HasFlag(Marks.SameAddress))
            writer.Address(hit.Address);
        writer.Bytes(hit.Payload.Span);
    }

    static Hit ReadHit(ref ByteReader reader, string agent, IPAddress? address)
    {
        var marks = (Marks)reader.Byte();
        var site = (int)reader.Number();
        if (marks.HasFlag(Marks.Refused))
            return new Hit { Site = site, Refusal = reader.Text(), UserAgent = "" };
        var protocol = (HitProtocol)reader.Byte();
        var identity = (VisitorIdentity)reader.Byte();
        var visitor = unchecked((ulong)reader.Int64());
        return new Hit
        {
            Site = site,
            Protocol = protocol,
            Identity = identity,
            Visitor = visitor,
            Trusted = marks.HasFlag(Marks.Trusted),
            UserAgent = marks.HasFlag(Marks.SameAgent) ? agent : reader.Text(),
            Address = marks.HasFlag(Marks.SameAddress) ? address : reader.Address(),
            Payload = reader.Bytes(),
        };
    }

    /// <summary>Appends to a buffer; a struct so that encoding allocates nothing of its own.</summary>
    ref struct ByteWriter(IBufferWriter<byte> output)
    {
        Span<byte> _span = output.GetSpan(512);
        int _used;

        Span<byte> Take(int size)
        {
            if (_span.Length - _used < size)
            {
                Flush();
                _span = output.GetSpan(Math.Max(size, 512));
            }
            var taken = _span.Slice(_used, size);
            _used += size;
            return taken;
        }

        public void Flush()
        {
            output.Advance(_used);
            _used = 0;
            _span = [];
        }

        public void Byte(byte value) => Take(1)[0] = value;

        public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

        public void Guid(Guid value) => value.TryWriteBytes(Take(16), bigEndian: true, out _);

        /// <summary>LEB128: seven bits a byte, the lowest first.</summary>
        public void Number(ulong value)
        {
            for (; value >= 0x80; value >>= 7)
                Byte((byte)(value | 0x80));
            Byte((byte)value);
        }

        public void Bytes(scoped ReadOnlySpan<byte> value)
        {
            Number((ulong)value.Length);
            value.CopyTo(Take(value.Length));
        }

        public void Text(string value)
        {
            var size = Encoding.UTF8.GetByteCount(value);
            Number((ulong)size);
            Encoding.UTF8.GetBytes(value, Take(size));
        }

        public void Address(IPAddress? value)
        {
            Span<byte> bytes = stackalloc byte[16];
            var size = 0;
            value?.TryWriteBytes(bytes, out size);
            Bytes(bytes[..size]);
        }
    }

    ref struct ByteReader(ReadOnlyMemory<byte> record)
    {
        int _at;

        ReadOnlyMemory<byte> Take(ulong size)
        {
            if (size > (ulong)(record.Length - _at))
                throw new FormatException("hit batch is cut short");
            var taken = record.Slice(_at, (int)size);
            _at += (int)size;
            return taken;
        }

        public byte Byte() => Take(1).Span[0];

        public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8).Span);

        public Guid Guid() => new(Take(16).Span, bigEndian: true);

        public ulong Number()
        {
            ulong value = 0;
            for (var shift = 0; shift < 64; shift += 7)
            {
                var part = Byte();
                value |= (ulong)(part & 0x7F) << shift;
                if (part < 0x80)
                    return value;
            }
            throw new FormatException("hit batch holds a number that is too long");
        }

        public ReadOnlyMemory<byte> Bytes() => Take(Number());

        public string Text() => RecentText.OfUtf8(Bytes().Span);

        public IPAddress? Address()
        {
            var bytes = Bytes().Span;
            return bytes.Length switch
            {
                0 => null,
                4 or 16 => new IPAddress(bytes),
                _ => throw new FormatException("hit batch holds an address of a wrong length"),
            };
        }
    }
}
