namespace Footfall.Core.Archive;

/// <summary>Puts the payloads of <see cref="PayloadColumns"/> together again.</summary>
sealed class PayloadSource(ColumnQueue columns)
{
    readonly ColumnReader _isWhole = columns.Next();
    readonly ColumnReader _whole = columns.Next();
    readonly Dictionary<string, ValueSource> _keys = new(StringComparer.Ordinal);
    readonly List<ValueSource[]> _shapes = [];
    readonly ColumnWriter _payload = new();

    public ReadOnlyMemory<byte> Next(ValueSource shapes)
    {
        if (_isWhole.Byte() != 0)
            return _whole.Counted();
        var number = shapes.NextNumber();
        var shape = shapes[number].Span;
        if (number == _shapes.Count)
            _shapes.Add([.. PayloadShape.KeysOf(shape).Select(SourceOf)]);
        var keys = _shapes[number];
        _payload.Clear();
        PayloadShape.Join(shape, place => place < keys.Length ? keys[place].Next() : throw new FormatException("a shape has values without keys"), _payload);
        return _payload.Written.ToArray();
    }

    ValueSource SourceOf(string key)
    {
        key = _keys.Count < PayloadColumns.KeysMax || _keys.ContainsKey(key) ? key : "";
        if (!_keys.TryGetValue(key, out var source))
            _keys.Add(key, source = new ValueSource(columns));
        return source;
    }
}
