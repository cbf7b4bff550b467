using System.Buffers.Binary;
using System.IO.Hashing;
using System.Security.Cryptography;
using Footfall.Core.Archive;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>The last bytes of a segment's file: the sums of the whole, and where its index lies.</summary>
/// <param name="Sha256">Of everything before these bytes.</param>
sealed record SegmentFoot(
    long End, ArchiveEffort Effort, long IndexAt, int IndexBytes, ulong IndexHash, long Records, long Hits, long RawBytes,
    long FirstReceivedAt, long LastReceivedAt, byte[] Sha256)
{
    public const int Bytes = 136;
    const int HashedBytes = Bytes - 8;

    static ReadOnlySpan<byte> Magic => "FFARCEND"u8;

    public void Write(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], End);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], IndexAt);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[24..], IndexBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[28..], (int)Effort);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[32..], IndexHash);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[40..], Records);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[48..], Hits);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[56..], RawBytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[64..], FirstReceivedAt);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[72..], LastReceivedAt);
        bytes[80..96].Clear();
        Sha256.CopyTo(bytes[96..]);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[HashedBytes..], XxHash3.HashToUInt64(bytes[..HashedBytes]));
    }

    /// <summary>Null when the bytes fail their checksum.</summary>
    public static SegmentFoot? Read(ReadOnlySpan<byte> bytes) =>
        bytes.Length == Bytes && bytes.StartsWith(Magic)
        && BinaryPrimitives.ReadUInt64LittleEndian(bytes[HashedBytes..]) == XxHash3.HashToUInt64(bytes[..HashedBytes])
            ? new SegmentFoot(
                BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                (ArchiveEffort)BinaryPrimitives.ReadInt32LittleEndian(bytes[28..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
                BinaryPrimitives.ReadInt32LittleEndian(bytes[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(bytes[32..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[40..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[48..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[56..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[64..]),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[72..]),
                bytes.Slice(96, SHA256.HashSizeInBytes).ToArray())
            : null;
}
