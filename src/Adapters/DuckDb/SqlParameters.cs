using System.Globalization;
using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb;

/// <summary>The values of one statement. Text of a statement names them and never contains them.</summary>
public sealed class SqlParameters
{
    readonly List<object> _values = [];

    public IReadOnlyList<object> Values => _values;

    /// <summary>The name to write in the statement; equal values share one.</summary>
    public string Add(object value)
    {
        var index = _values.IndexOf(value);
        if (index < 0)
        {
            index = _values.Count;
            _values.Add(value);
        }
        return string.Create(CultureInfo.InvariantCulture, $"$p{index}");
    }

    public void Bind(DuckDBCommand command)
    {
        foreach (var (index, value) in _values.Index())
            command.Parameters.Add(new DuckDBParameter(string.Create(CultureInfo.InvariantCulture, $"p{index}"), value));
    }
}
