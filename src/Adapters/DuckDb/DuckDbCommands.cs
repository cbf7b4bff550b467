using System.Data;
using DuckDB.NET.Data;

namespace Footfall.Adapters.DuckDb;

/// <summary>Short forms for the statements of this folder. Texts are constants or rendered from tables of ours; values are always parameters.</summary>
static class DuckDbCommands
{
    public static void Run(this DuckDBConnection connection, string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        command.ExecuteNonQuery();
    }

    /// <summary>Runs a script that is embedded in this assembly.</summary>
    public static void RunScript(this DuckDBConnection connection, string name)
    {
        using var script = new StreamReader(typeof(DuckDbCommands).Assembly.GetManifestResourceStream(name)!);
        connection.Run(script.ReadToEnd());
    }

    public static List<T> Rows<T>(
        this DuckDBConnection connection, string sql, Func<DuckDBDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(connection, sql, parameters);
        using var rows = (DuckDBDataReader)command.ExecuteReader(CommandBehavior.Default);
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }

    static DuckDBCommand Command(DuckDBConnection connection, string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // See the summary of the class.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.Add(new DuckDBParameter(name, value));
        return command;
    }
}
