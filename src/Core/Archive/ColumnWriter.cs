using System.Buffers;

namespace Footfall.Core.Archive;

/// <summary>Bytes of one column as they are collected.</summary>
public sealed class ColumnWriter
{
    readonly ArrayBufferWriter<byte> _bytes = new(1024);

    /// <summary>A new one at the end of a list.</summary>
    public static ColumnWriter AddedTo(List<ColumnWriter> columns)
    {
        columns.Add(new ColumnWriter());
        return columns[^1];
    }

    public ReadOnlyMemory<byte> Written => _bytes.WrittenMemory;

    public int Length => _bytes.WrittenCount;

    public void Clear() => _bytes.ResetWrittenCount();

    public void Byte(byte value)
    {
        _bytes.GetSpan(1)[0] = value;
        _bytes.Advance(1);
    }

    /// <summary>LEB128: seven bits a byte, the lowest first.</summary>
    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Byte((byte)(value | 0x80));
        Byte((byte)value);
    }

    /// <summary>A number of either sign, small ones short: 0, -1, 1, -2 … as 0, 1, 2, 3 ….</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Bytes(ReadOnlySpan<byte> value) => _bytes.Write(value);

    /// <summary>Bytes with their number before them.</summary>
    public void Counted(ReadOnlySpan<byte> value)
    {
        Number((ulong)value.Length);
        Bytes(value);
    }
}
