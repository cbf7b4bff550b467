namespace Footfall.Adapters.Sql;

/// <summary>The values of one statement. Text of a statement names them and never contains them.</summary>
public sealed class SqlParameters(SqlDialect dialect)
{
    readonly List<object> _values = [];

    public SqlDialect Dialect => dialect;

    /// <summary>Of the types int, long, double, string, DateTime (UTC), DateOnly, and lists of strings.</summary>
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
        return dialect.Parameter(index);
    }
}
