using DuckDB.NET.Data;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>The rows of a statement that DuckDB runs.</summary>
sealed class DuckDbRows(DuckDBDataReader reader) : ISqlRows
{
    public bool Read() => reader.Read();

    public bool IsDBNull(int column) => reader.IsDBNull(column);

    public bool GetBoolean(int column) => reader.GetBoolean(column);

    public int GetInt32(int column) => reader.GetInt32(column);

    public long GetInt64(int column) => reader.GetInt64(column);

    public double GetDouble(int column) => reader.GetDouble(column);

    public string GetString(int column) => reader.GetString(column);

    public DateTime GetDateTime(int column) => reader.GetDateTime(column);

    public DateOnly GetDate(int column) => reader.GetFieldValue<DateOnly>(column);

    public IReadOnlyList<ulong> GetNumbers(int column) => reader.GetFieldValue<List<ulong>>(column);
}
