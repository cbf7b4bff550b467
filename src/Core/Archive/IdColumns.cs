namespace Footfall.Core.Archive;

/// <summary>
/// The last ten bytes of UUIDs, which are random but for six bits. Those are set apart, because random bits are what an archive mostly consists of
/// and no compressor finds six in eighty that are not.
/// </summary>
sealed class IdColumns(List<ColumnWriter> columns)
{
    public const int TailBytes = 10;

    readonly ColumnWriter _kinds = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _odd = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _random = ColumnWriter.AddedTo(columns);

    public void Add(ReadOnlySpan<byte> tail)
    {
        _kinds.Byte((byte)((tail[0] & 0xF0) | (tail[2] >> 6)));
        _odd.Byte((byte)(tail[2] & 0x03));
        _random.Byte((byte)((tail[0] << 4) | ((tail[2] >> 2) & 0x0F)));
        _random.Byte(tail[1]);
        _random.Bytes(tail[3..TailBytes]);
    }
}
