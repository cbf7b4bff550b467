using Footfall.Core.HitLog;

namespace Footfall.Core.Archive;

/// <summary>Gives the values of a <see cref="ValueColumn"/> back, in order.</summary>
sealed class ValueSource(ColumnQueue columns)
{
    readonly ColumnReader _numbers = columns.Next();
    readonly ColumnReader _lengths = columns.Next();
    readonly ColumnReader _bytes = columns.Next();
    readonly List<ReadOnlyMemory<byte>> _known = [];

    public ReadOnlyMemory<byte> Next() => _known[NextNumber()];

    /// <summary>The place of the next value among all different ones.</summary>
    public int NextNumber()
    {
        var number = _numbers.Size(_known.Count);
        if (number > 0)
            return number - 1;
        _known.Add(_bytes.Bytes(_lengths.Size(IHitLog.RecordBytesMax)));
        return _known.Count - 1;
    }

    public ReadOnlyMemory<byte> this[int number] => _known[number];
}
