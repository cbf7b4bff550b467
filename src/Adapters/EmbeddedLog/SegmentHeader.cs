using System.Buffers.Binary;
using System.IO.Hashing;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>What a segment file begins with.</summary>
/// <param name="Base">The log offset of the segment's first record.</param>
/// <param name="Salt">A random number that no other segment has; the checks of its records depend on it.</param>
readonly record struct SegmentHeader(long Base, ulong Salt)
{
    public const int Bytes = 40;

    const uint Version = 1;

    static ReadOnlySpan<byte> Magic => "FFHITLOG"u8;

    public void Write(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[12..], Bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Base);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], Salt);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], XxHash3.HashToUInt64(bytes[..32]));
    }

    /// <returns>Null when the header is damaged.</returns>
    /// <exception cref="InvalidDataException">The header is sound and of a version that this program does not know.</exception>
    public static SegmentHeader? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]) != XxHash3.HashToUInt64(bytes[..32])
            || !bytes.StartsWith(Magic))
        {
            return null;
        }

        uint version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        return version == Version
            ? new SegmentHeader(BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]))
            : throw new InvalidDataException($"The hit log's format is version {version}; this program reads version {Version}.");
    }
}
