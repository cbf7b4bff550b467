namespace Footfall.Core.Reports;

/// <summary>Gives each value of a dimension a small number, so that rows of different days can be put together by it. Not thread-safe.</summary>
sealed class ValueNumbers
{
    readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    readonly List<string> _values = [];
    string[] _all = [];

    /// <summary>The values by their numbers. Does not change; there is another one once there are more.</summary>
    public string[] All => _all.Length == _values.Count ? _all : _all = [.. _values];

    public int Of(string value)
    {
        if (_numbers.TryGetValue(value, out var number))
            return number;
        _numbers.Add(value, _values.Count);
        _values.Add(value);
        return _values.Count - 1;
    }
}
