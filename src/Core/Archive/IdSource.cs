namespace Footfall.Core.Archive;

/// <summary>Gives back what <see cref="IdColumns"/> took.</summary>
sealed class IdSource(ColumnQueue columns)
{
    readonly ColumnReader _kinds = columns.Next();
    readonly ColumnReader _odd = columns.Next();
    readonly ColumnReader _random = columns.Next();

    public void Next(Span<byte> tail)
    {
        var (kind, odd) = (_kinds.Byte(), _odd.Byte());
        var random = _random.Bytes(IdColumns.TailBytes - 1).Span;
        tail[0] = (byte)((kind & 0xF0) | (random[0] >> 4));
        tail[1] = random[1];
        tail[2] = (byte)((kind << 6) | ((random[0] & 0x0F) << 2) | (odd & 0x03));
        random[2..].CopyTo(tail[3..]);
    }
}
