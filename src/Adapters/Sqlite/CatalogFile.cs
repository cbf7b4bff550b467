using Microsoft.Data.Sqlite;

namespace Footfall.Adapters.Sqlite;

/// <summary>
/// One connection to the catalog's SQLite file, for one thread at a time. Write-ahead log with full synchronisation: a change is on disk when the
/// call returns. Several may have the file open; each waits for the other's changes.
/// </summary>
sealed class CatalogFile : IDisposable
{
    const int ConstraintViolation = 19;

    readonly SqliteConnection _connection;

    /// <param name="path">The file; made when missing.</param>
    public CatalogFile(string path)
    {
        _connection = Open(path, SqliteOpenMode.ReadWriteCreate);
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
        // A file that has its tables is not written to, so that a server with a full disk starts and says so itself.
        if (Query("PRAGMA user_version", row => row.GetInt64(0)) is not [0])
            return;
        using var making = Begin();
        Run(Script("Catalog.sql"));
        making.Commit();
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>A file that this program may read, but whose schema it leaves as it is.</summary>
    public static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = mode }.ToString());
        connection.Open();
        return connection;
    }

    public static string Script(string name)
    {
        using var script = new StreamReader(typeof(CatalogFile).Assembly.GetManifestResourceStream(name)!);
        return script.ReadToEnd();
    }

    public static bool IsConflict(SqliteException failure) => failure.SqliteErrorCode == ConstraintViolation;

    public SqliteTransaction Begin() => _connection.BeginTransaction();

    public int Run(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }

    /// <summary>The id of the row that was inserted last.</summary>
    public int LastId() => Query("SELECT last_insert_rowid()", row => row.GetInt32(0))[0];

    public static DateTimeOffset TimeOf(SqliteDataReader row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    public static DateTimeOffset? MaybeTimeOf(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : TimeOf(row, column);

    SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this folder; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value switch
            {
                null => DBNull.Value,
                DateTimeOffset time => time.ToUnixTimeMilliseconds(),
                _ => value,
            });
        }
        return command;
    }
}
