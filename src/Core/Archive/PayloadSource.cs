namespace Footfall.Core.Archive;

/// <summary>Puts the payloads of <see cref="PayloadColumns"/> together again.</summary>
sealed class PayloadSource(ColumnQueue columns, IdSource ids)
{
    readonly ColumnReader _isWhole = columns.Next();
    readonly ColumnReader _whole = columns.Next();
    readonly ValueSource _shapeNumbers = new(columns, ids);
    readonly Dictionary<string, ValueSource> _keys = new(StringComparer.Ordinal);
    readonly List<(ValueSource[] Columns, int Page)> _shapes = [];
    readonly ColumnWriter _payload = new();
    readonly List<ReadOnlyMemory<byte>> _values = [];

    /// <summary>The payloads given so far are no longer needed.</summary>
    public void Reuse() => _payload.Clear();

    /// <returns>Good until <see cref="Reuse"/>.</returns>
    public ReadOnlyMemory<byte> Next(int visitor)
    {
        if (_isWhole.Byte() != 0)
            return _whole.Counted();
        var contexts = new Contexts(visitor, -1);
        var number = _shapeNumbers.NextNumber(contexts);
        var shape = _shapeNumbers[number].Span;
        if (number == _shapes.Count)
        {
            var keys = PayloadShape.KeysOf(shape);
            _shapes.Add(([.. keys.Select(SourceOf)], keys.IndexOf(PayloadColumns.PageKey)));
        }
        var (sources, page) = _shapes[number];
        _values.Clear();
        for (var index = 0; index < sources.Length; index++)
        {
            var value = sources[index].NextNumber(contexts);
            _values.Add(sources[index][value]);
            if (index == page)
                contexts = contexts with { Page = value };
        }
        var start = _payload.Length;
        PayloadShape.Join(shape, _values, _payload);
        return _payload.Written[start..];
    }

    ValueSource SourceOf(string key)
    {
        key = _keys.Count < PayloadColumns.KeysMax || _keys.ContainsKey(key) ? key : "";
        if (!_keys.TryGetValue(key, out var source))
            _keys.Add(key, source = new ValueSource(columns, ids));
        return source;
    }
}
