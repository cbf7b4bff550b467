namespace Footfall.Core.Archive;

/// <summary>Takes payloads apart: which shape, and the values by key.</summary>
sealed class PayloadColumns(List<ColumnWriter> columns, IdColumns ids)
{
    /// <summary>Beyond so many keys, as when somebody sends ids for names, the rest share one column.</summary>
    public const int KeysMax = 200;

    /// <summary>The key that says which page an event is of; values after it are expected to be as they were on that page.</summary>
    public const string PageKey = "url";

    readonly ColumnWriter _isWhole = ColumnWriter.AddedTo(columns);
    readonly ColumnWriter _whole = ColumnWriter.AddedTo(columns);
    readonly ValueColumn _shapeNumbers = new(columns, ids);
    readonly Dictionary<string, ValueColumn> _keys = new(StringComparer.Ordinal);
    readonly Dictionary<ReadOnlyMemory<byte>, (byte[] Shape, ValueColumn[] Columns, int Page)> _shapes = new(BytesComparer.Instance);
    readonly ColumnWriter _shape = new();
    readonly List<ReadOnlyMemory<byte>> _values = [];

    public void Add(ReadOnlyMemory<byte> payload, int visitor)
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
        if (!_shapes.TryGetValue(_shape.Written, out var known))
        {
            var keys = PayloadShape.KeysOf(_shape.Written.Span);
            known = (_shape.Written.ToArray(), [.. keys.Select(ColumnOf)], keys.IndexOf(PageKey));
            _shapes.Add(known.Shape, known);
        }
        var contexts = new Contexts(visitor, -1);
        _shapeNumbers.Add(known.Shape, contexts);
        for (var index = 0; index < known.Columns.Length; index++)
        {
            var number = known.Columns[index].Add(_values[index], contexts);
            if (index == known.Page)
                contexts = contexts with { Page = number };
        }
    }

    ValueColumn ColumnOf(string key)
    {
        key = _keys.Count < KeysMax || _keys.ContainsKey(key) ? key : "";
        if (!_keys.TryGetValue(key, out var column))
            _keys.Add(key, column = new ValueColumn(columns, ids));
        return column;
    }
}
