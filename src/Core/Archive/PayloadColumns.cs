namespace Footfall.Core.Archive;

/// <summary>Takes payloads apart: which shape, and the values by key.</summary>
sealed class PayloadColumns(List<ColumnWriter> columns)
{
    /// <summary>Beyond so many keys, as when somebody sends ids for names, the rest share one column.</summary>
    public const int KeysMax = 200;

    readonly ColumnWriter _isWhole = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _whole = ColumnWriter.AddedTo(columns);
    readonly Dictionary<string, ValueColumn> _keys = new(StringComparer.Ordinal);
    readonly Dictionary<ReadOnlyMemory<byte>, ValueColumn[]> _shapes = new(BytesComparer.Instance);
    readonly ColumnWriter _shape = new();
    readonly List<ReadOnlyMemory<byte>> _values = [];

    public void Add(ReadOnlyMemory<byte> payload, ValueColumn shapes)
    {
        _shape.Clear();
        _values.Clear();
        if (!PayloadShape.TrySplit(payload, _shape, _values))
        {
            _isWhole.Byte(1);
            _whole.Counted(payload.Span);
            return;
        }
        _isWhole.Byte(0);
        if (!_shapes.TryGetValue(_shape.Written, out var keys))
        {
            var shape = _shape.Written.ToArray();
            _shapes.Add(shape, keys = [.. PayloadShape.KeysOf(shape).Select(ColumnOf)]);
            shapes.Add(shape);
        }
        else
        {
            shapes.Add(_shape.Written);
        }
        for (var index = 0; index < keys.Length; index++)
            keys[index].Add(_values[index]);
    }

    ValueColumn ColumnOf(string key)
    {
        key = _keys.Count < KeysMax || _keys.ContainsKey(key) ? key : "";
        if (!_keys.TryGetValue(key, out var column))
            _keys.Add(key, column = new ValueColumn(columns));
        return column;
    }
}
