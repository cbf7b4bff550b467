namespace Footfall.Adapters.Sql;

/// <summary>Runs one statement after the other over one state of the warehouse. Implementations: DuckDB and Spark.</summary>
public interface ISqlSession
{
    SqlDialect Dialect { get; }

    /// <summary>Has the next statements find all that lies within a scope, and maybe more.</summary>
    ValueTask ShowAsync(ReportScope scope);

    /// <param name="read">Reads what the statement returned; called once.</param>
    ValueTask<T> QueryAsync<T>(string sql, SqlParameters parameters, Func<ISqlRows, T> read);
}
