using System.Buffers.Binary;
using System.IO.Hashing;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The first bytes of a segment's file.</summary>
readonly record struct SegmentHead(int Partition, long Start, int Revision)
{
    public const int Bytes = 40;
    const uint Version = 1;

    static ReadOnlySpan<byte> Magic => "FFARCHIV"u8;

    public void Write(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], Partition);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Start);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], Revision);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], Bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], XxHash3.HashToUInt64(bytes[..32]));
    }

    /// <summary>Null when the bytes fail their checksum.</summary>
    /// <exception cref="InvalidDataException">A newer program wrote them.</exception>
    public static SegmentHead? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]) != XxHash3.HashToUInt64(bytes[..32]))
            return null;
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        if (version != Version)
            throw new InvalidDataException($"a segment of the archive is of version {version}; this program reads version {Version}, so upgrade it");
        return new SegmentHead(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]));
    }
}
