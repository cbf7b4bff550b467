namespace Footfall.Core.Archive;

/// <summary>Takes a column apart again. Trusts nothing: a size that the bytes do not bear out is a <see cref="FormatException"/>.</summary>
public sealed class ColumnReader(ReadOnlyMemory<byte> column)
{
    int _at;

    public bool IsAtEnd => _at == column.Length;

    public byte Byte() => Bytes(1).Span[0];

    public ulong Number()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }
        throw new FormatException("a number runs on");
    }

    /// <summary>A number that counts or measures something that is here.</summary>
    public int Size(int most)
    {
        var size = Number();
        return size <= (ulong)most ? (int)size : throw new FormatException("a size is larger than it can be");
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlyMemory<byte> Bytes(int count)
    {
        if (count < 0 || count > column.Length - _at)
            throw new FormatException("a column is cut short");
        var taken = column.Slice(_at, count);
        _at += count;
        return taken;
    }

    public ReadOnlyMemory<byte> Counted() => Bytes(Size(column.Length - _at));
}
