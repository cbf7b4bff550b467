using System.Reflection;
using Footfall.Core.Accounts;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>
/// The numbered scripts of this folder that make the tables. What is missing runs in one transaction under a lock that only one node holds, so that any
/// number may start at once, and a node that dies half-way leaves nothing. A script that has been released is never changed; the next one has a number more.
/// </summary>
static class Schema
{
    /// <summary>The name of the lock that nodes which upgrade the schema wait for each other by; any number that nobody else takes.</summary>
    const long UpgradeLock = 0x466F6F7466616C6C;

    /// <summary>How long a script may run, or another node's be waited for.</summary>
    const int LongestSeconds = 600;

    /// <summary>In order; the number in front of a name is the version of the schema after it.</summary>
    static readonly string[] Scripts = ["0001_catalog", "0002_leases", "0003_rollups", "0004_analysis"];

    /// <summary>The version that this program's scripts come to.</summary>
    public static int Version => Scripts.Length;

    /// <exception cref="DatabaseUnavailableException">No server is reached, or the schema is of a newer program.</exception>
    public static void Upgrade(PostgresDatabase database)
    {
        // A schema that is up to date needs no primary, so that a node starts while there is none.
        if (database.Read(VersionOf) == Version)
            return;
        database.Change(connection =>
        {
            RunLong(connection, "SELECT pg_advisory_xact_lock($1)", UpgradeLock);
            var version = VersionOf(connection);
            connection.Run("CREATE TABLE IF NOT EXISTS schema_versions (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())");
            foreach (var name in Scripts[version..])
            {
                RunLong(connection, Text(name));
                connection.Run("INSERT INTO schema_versions (version, name) VALUES ($1, $2)", ++version, name);
            }
            return Version;
        });
    }

    static void RunLong(NpgsqlConnection connection, string sql, params ReadOnlySpan<object?> values)
    {
        using var command = Statements.Command(connection, sql, values);
        command.CommandTimeout = LongestSeconds;
        command.ExecuteNonQuery();
    }

    static int VersionOf(NpgsqlConnection connection)
    {
        var version = connection.One<bool>("SELECT to_regclass('schema_versions') IS NOT NULL")
            ? connection.One<int>("SELECT coalesce(max(version), 0) FROM schema_versions")
            : 0;
        return version <= Version ? version : throw new DatabaseUnavailableException(
            $"The schema of the database, version {version}, was made by a newer Footfall; this one knows versions up to {Version}.");
    }

    static string Text(string name)
    {
        using var script = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name + ".sql")!);
        return script.ReadToEnd();
    }
}
