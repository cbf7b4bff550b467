namespace Footfall.Adapters.Sql;

/// <summary>What a statement returned, row by row, without conversions: the statement says of what type a column is. Implementations: DuckDB and Spark.</summary>
public interface ISqlRows
{
    /// <summary>Goes to the next row; false after the last.</summary>
    bool Read();

    bool IsDBNull(int column);

    bool GetBoolean(int column);

    int GetInt32(int column);

    long GetInt64(int column);

    double GetDouble(int column);

    string GetString(int column);

    /// <summary>UTC, of no kind.</summary>
    DateTime GetDateTime(int column);

    DateOnly GetDate(int column);

    /// <summary>A list of unsigned numbers.</summary>
    IReadOnlyList<ulong> GetNumbers(int column);
}
