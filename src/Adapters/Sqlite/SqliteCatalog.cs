using System.Globalization;
using System.Text.Json;
using Footfall.Core.Sites;
using Microsoft.Data.Sqlite;

namespace Footfall.Adapters.Sqlite;

/// <summary>
/// The catalog in one SQLite file. Write-ahead log with full synchronisation: a change is on disk when the call returns. One connection,
/// one lock: changes are rare, and what the collector needs is held in memory.
/// </summary>
public sealed class SqliteCatalog : ICatalog, IDisposable
{
    const int UniqueViolation = 19;

    static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter<AddressPrivacy>(JsonNamingPolicy.SnakeCaseLower) },
    };

    readonly SqliteConnection _connection;
    readonly Lock _lock = new();

    /// <param name="path">The file; made when missing.</param>
    public SqliteCatalog(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON;");
        using var script = new StreamReader(typeof(SqliteCatalog).Assembly.GetManifestResourceStream("Catalog.sql")!);
        Run(script.ReadToEnd());
    }

    public void Dispose() => _connection.Dispose();

    /// <summary>
    /// Copies a catalog as of one moment, whoever else has it open. The daily secrets stay behind: their deletion after 48 hours is what makes
    /// visitors unknowable, and a copy would undo it.
    /// </summary>
    public static void Copy(string path, string target)
    {
        using var source = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, Mode = SqliteOpenMode.ReadWrite }.ToString());
        source.Open();
        using var copy = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = target, Pooling = false }.ToString());
        copy.Open();
        source.BackupDatabase(copy);
        using var command = copy.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM daily_secrets; VACUUM;";
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<Site> Sites()
    {
        lock (_lock)
        {
            var domains = Query("SELECT site, domain FROM domains ORDER BY site, place", row => (Site: row.GetInt32(0), Domain: row.GetString(1)))
                .ToLookup(pair => pair.Site, pair => pair.Domain);
            return Query(
                "SELECT id, time_zone, currency, settings FROM sites ORDER BY id",
                row => new Site(row.GetInt32(0), [.. domains[row.GetInt32(0)]], row.GetString(1), row.GetString(2), SettingsOf(row.GetString(3))));
        }
    }

    public Site AddSite(IReadOnlyList<string> domains, string timeZone, string currency, SiteSettings settings)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            Run("INSERT INTO sites (time_zone, currency, settings) VALUES ($zone, $currency, $settings)",
                ("$zone", timeZone), ("$currency", currency), ("$settings", TextOf(settings)));
            var id = Query("SELECT last_insert_rowid()", row => row.GetInt32(0))[0];
            SetDomains(id, domains);
            transaction.Commit();
            return new Site(id, domains, timeZone, currency, settings);
        }
    }

    public bool UpdateSite(Site site)
    {
        lock (_lock)
        {
            using var transaction = _connection.BeginTransaction();
            var found = Run("UPDATE sites SET time_zone = $zone, currency = $currency, settings = $settings WHERE id = $id",
                ("$zone", site.TimeZone), ("$currency", site.Currency), ("$settings", TextOf(site.Settings)), ("$id", site.Id));
            if (found == 0)
                return false;
            Run("DELETE FROM domains WHERE site = $id", ("$id", site.Id));
            SetDomains(site.Id, site.Domains);
            transaction.Commit();
            return true;
        }
    }

    public bool RemoveSite(int id)
    {
        lock (_lock)
            return Run("DELETE FROM sites WHERE id = $id", ("$id", id)) > 0;
    }

    public ApiKey? FindKey(ReadOnlyMemory<byte> hash)
    {
        lock (_lock)
            return Query("SELECT prefix, label, scopes, created_at FROM api_keys WHERE hash = $hash", KeyOf, ("$hash", hash.ToArray())).FirstOrDefault();
    }

    public IReadOnlyList<ApiKey> Keys()
    {
        lock (_lock)
            return Query("SELECT prefix, label, scopes, created_at FROM api_keys ORDER BY created_at", KeyOf);
    }

    public void AddKey(ApiKey key, ReadOnlyMemory<byte> hash)
    {
        lock (_lock)
        {
            Run("INSERT OR REPLACE INTO api_keys (hash, prefix, label, scopes, created_at) VALUES ($hash, $prefix, $label, $scopes, $at)",
                ("$hash", hash.ToArray()), ("$prefix", key.Prefix), ("$label", key.Label), ("$scopes", (int)key.Scopes),
                ("$at", key.CreatedAt.ToUnixTimeMilliseconds()));
        }
    }

    public byte[] DailySecret(DateOnly date, byte[] candidate, DateTimeOffset destroyAfter)
    {
        lock (_lock)
        {
            var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            Run("""
                INSERT INTO daily_secrets (day, secret, destroy_after) VALUES ($day, $secret, $after)
                ON CONFLICT (day) DO UPDATE SET destroy_after = max(destroy_after, excluded.destroy_after)
                """,
                ("$day", day), ("$secret", candidate), ("$after", destroyAfter.ToUnixTimeMilliseconds()));
            return Query("SELECT secret FROM daily_secrets WHERE day = $day", row => (byte[])row.GetValue(0), ("$day", day))[0];
        }
    }

    public int DestroySecrets(DateTimeOffset now)
    {
        lock (_lock)
        {
            var destroyed = Run("DELETE FROM daily_secrets WHERE destroy_after < $now", ("$now", now.ToUnixTimeMilliseconds()));
            // The log of the database would still hold the secret.
            if (destroyed > 0)
                Run("PRAGMA wal_checkpoint(TRUNCATE)");
            return destroyed;
        }
    }

    void SetDomains(int site, IReadOnlyList<string> domains)
    {
        for (var place = 0; place < domains.Count; place++)
        {
            try
            {
                Run("INSERT INTO domains (domain, site, place) VALUES ($domain, $site, $place)",
                    ("$domain", domains[place]), ("$site", site), ("$place", place));
            }
            catch (SqliteException taken) when (taken.SqliteErrorCode == UniqueViolation)
            {
                throw new CatalogConflictException($"the domain {domains[place]} belongs to another site");
            }
        }
    }

    static ApiKey KeyOf(SqliteDataReader row) => new(
        row.GetString(0), row.GetString(1), (ApiScopes)row.GetInt32(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3)));

    /// <summary>Most sites have the default settings; they share one object, so that a million of them fit in memory.</summary>
    static SiteSettings SettingsOf(string text) =>
        text == "{}" ? SiteSettings.Default : JsonSerializer.Deserialize<SiteSettings>(text, Json) ?? SiteSettings.Default;

    static string TextOf(SiteSettings settings) =>
        settings == SiteSettings.Default ? "{}" : JsonSerializer.Serialize(settings, Json);

    int Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    List<T> Query<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }

    SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Every text is a constant of this file; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
