namespace Footfall.Core.Archive;

/// <summary>
/// A column of values of which many come again. Each value is written once, and then named by its number; that leaves the compressor little but
/// what is new. Lengths stand apart from bytes because values of a column are mostly equally long.
/// </summary>
sealed class ValueColumn(List<ColumnWriter> columns)
{
    readonly ColumnWriter _numbers = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _lengths = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _bytes = ColumnWriter.AddedTo(columns);
    readonly Dictionary<ReadOnlyMemory<byte>, int> _known = new(BytesComparer.Instance);

    /// <param name="value">Kept, so its bytes must not change.</param>
    /// <returns>Whether it had not come before.</returns>
    public bool Add(ReadOnlyMemory<byte> value)
    {
        if (_known.TryGetValue(value, out var number))
        {
            _numbers.Number((ulong)number);
            return false;
        }
        _known.Add(value, _known.Count + 1);
        _numbers.Number(0);
        _lengths.Number((ulong)value.Length);
        _bytes.Bytes(value.Span);
        return true;
    }
}
