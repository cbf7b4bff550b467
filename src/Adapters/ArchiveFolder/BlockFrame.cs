using System.Buffers.Binary;
using System.IO.Hashing;

namespace Footfall.Adapters.ArchiveFolder;

/// <summary>What stands before each block of a segment, so that it can be checked by itself, and found when the index is gone.</summary>
/// <param name="BodyBytes">Length of the compressed columns that follow.</param>
readonly record struct BlockFrame(int BodyBytes, int Records, long Start, long End, UInt128 BodyHash)
{
    public const int Bytes = 56;

    /// <summary>More than a block of the largest records can come to. A length read from a disk is never believed beyond it.</summary>
    public const int BodyBytesMax = 1 << 28;

    const int RecordsMax = 1 << 26;

    public static ReadOnlySpan<byte> Magic => "FBLK"u8;

    public void Write(Span<byte> bytes)
    {
        Magic.CopyTo(bytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[4..], BodyBytes);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[8..], Records);
        BinaryPrimitives.WriteInt32LittleEndian(bytes[12..], 0);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Start);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], End);
        BinaryPrimitives.WriteUInt128LittleEndian(bytes[32..], BodyHash);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[48..], XxHash3.HashToUInt64(bytes[..48]));
    }

    /// <summary>Null when the bytes fail their checksum.</summary>
    public static BlockFrame? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Bytes || !bytes.StartsWith(Magic) || BinaryPrimitives.ReadUInt64LittleEndian(bytes[48..]) != XxHash3.HashToUInt64(bytes[..48]))
            return null;
        var frame = new BlockFrame(
            BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]), BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
            BinaryPrimitives.ReadUInt128LittleEndian(bytes[32..]));
        return frame is { BodyBytes: >= 0 and <= BodyBytesMax, Records: >= 0 and <= RecordsMax } && frame.Start <= frame.End ? frame : null;
    }
}
