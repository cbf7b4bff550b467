using System.Globalization;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Microsoft.Data.Sqlite;

namespace Footfall.Adapters.Sqlite;

/// <summary>
/// The sites and daily secrets of the catalog's file. One connection, one lock: changes are rare, and what the collector needs is held in memory.
/// </summary>
public sealed class SqliteCatalog : ICatalog, IDisposable
{
    const string DayFormat = "yyyy-MM-dd";

    readonly CatalogFile _file;
    readonly Lock _lock = new();

    /// <param name="path">The file; made when missing.</param>
    public SqliteCatalog(string path) => _file = new CatalogFile(path);

    public void Dispose() => _file.Dispose();

    /// <summary>Brings a file of version 1 to version 2, or leaves it as it is: interrupted anywhere, it is of one or the other.</summary>
    public static void Upgrade(string path)
    {
        if (!File.Exists(path))
            return;
        using var connection = CatalogFile.Open(path, SqliteOpenMode.ReadWrite);
        using var change = connection.BeginTransaction();
        using var version = connection.CreateCommand();
        version.CommandText = "PRAGMA user_version";
        if (Convert.ToInt64(version.ExecuteScalar(), CultureInfo.InvariantCulture) != 1)
            return;
        using var upgrade = connection.CreateCommand();
#pragma warning disable CA2100 // Scripts of this assembly.
        upgrade.CommandText = CatalogFile.Script("Catalog.sql") + CatalogFile.Script("CatalogVersion2.sql");
#pragma warning restore CA2100
        upgrade.ExecuteNonQuery();
        change.Commit();
    }

    /// <summary>
    /// Copies a catalog as of one moment, whoever else has it open. The daily secrets stay behind: their deletion after 48 hours is what makes
    /// visitors unknowable, and a copy would undo it. So do sessions and one-time links, which a copy could bring back after they were ended.
    /// </summary>
    public static void Copy(string path, string target)
    {
        using var source = CatalogFile.Open(path, SqliteOpenMode.ReadWrite);
        using var copy = CatalogFile.Open(target, SqliteOpenMode.ReadWriteCreate);
        source.BackupDatabase(copy);
        using var command = copy.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = DELETE; PRAGMA secure_delete = ON; DELETE FROM daily_secrets;";
        command.ExecuteNonQuery();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'sessions'";
        var hasSessions = Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
        command.CommandText = hasSessions ? "DELETE FROM sessions; DELETE FROM one_time_links; VACUUM;" : "VACUUM;";
        command.ExecuteNonQuery();
    }

    public IReadOnlyList<Site> Sites()
    {
        lock (_lock)
        {
            var domains = _file.Query("SELECT site, domain FROM domains ORDER BY site, place", row => (Site: row.GetInt32(0), Domain: row.GetString(1)))
                .ToLookup(pair => pair.Site, pair => pair.Domain);
            return _file.Query(
                "SELECT id, time_zone, currency, settings, account FROM sites ORDER BY id",
                row => new Site(row.GetInt32(0), [.. domains[row.GetInt32(0)]], row.GetString(1), row.GetString(2), SiteSettingsText.Read(row.GetString(3))) { Account = row.GetInt32(4) });
        }
    }

    public Site AddSite(IReadOnlyList<string> domains, string timeZone, string currency, SiteSettings settings, int account = Account.First)
    {
        lock (_lock)
        {
            using var transaction = _file.Begin();
            _file.Run("INSERT INTO sites (time_zone, currency, settings, account) VALUES ($zone, $currency, $settings, $account)",
                ("$zone", timeZone), ("$currency", currency), ("$settings", SiteSettingsText.Of(settings)), ("$account", account));
            var id = _file.LastId();
            SetDomains(id, domains);
            transaction.Commit();
            return new Site(id, domains, timeZone, currency, settings) { Account = account };
        }
    }

    public bool UpdateSite(Site site)
    {
        lock (_lock)
        {
            using var transaction = _file.Begin();
            var found = _file.Run("UPDATE sites SET time_zone = $zone, currency = $currency, settings = $settings WHERE id = $id",
                ("$zone", site.TimeZone), ("$currency", site.Currency), ("$settings", SiteSettingsText.Of(site.Settings)), ("$id", site.Id));
            if (found == 0)
                return false;
            _file.Run("DELETE FROM domains WHERE site = $id", ("$id", site.Id));
            SetDomains(site.Id, site.Domains);
            transaction.Commit();
            return true;
        }
    }

    public bool RemoveSite(int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM sites WHERE id = $id", ("$id", id)) > 0;
    }

    public IReadOnlyList<Annotation> Annotations(int site)
    {
        lock (_lock)
        {
            return _file.Query("SELECT id, site, day, text FROM annotations WHERE site = $site ORDER BY day, id",
                row => new Annotation(row.GetInt32(0), row.GetInt32(1), DateOnly.ParseExact(row.GetString(2), DayFormat, CultureInfo.InvariantCulture), row.GetString(3)),
                ("$site", site));
        }
    }

    public Annotation AddAnnotation(int site, DateOnly date, string text)
    {
        lock (_lock)
        {
            _file.Run("INSERT INTO annotations (site, day, text) VALUES ($site, $day, $text)", ("$site", site), ("$day", DayOf(date)), ("$text", text));
            return new Annotation(_file.LastId(), site, date, text);
        }
    }

    public bool UpdateAnnotation(Annotation annotation)
    {
        lock (_lock)
        {
            return _file.Run("UPDATE annotations SET day = $day, text = $text WHERE id = $id AND site = $site",
                ("$day", DayOf(annotation.Date)), ("$text", annotation.Text), ("$id", annotation.Id), ("$site", annotation.Site)) > 0;
        }
    }

    public bool RemoveAnnotation(int site, int id)
    {
        lock (_lock)
            return _file.Run("DELETE FROM annotations WHERE id = $id AND site = $site", ("$id", id), ("$site", site)) > 0;
    }

    public byte[] DailySecret(DateOnly date, byte[] candidate, DateTimeOffset destroyAfter)
    {
        lock (_lock)
        {
            var day = DayOf(date);
            _file.Run("""
                INSERT INTO daily_secrets (day, secret, destroy_after) VALUES ($day, $secret, $after)
                ON CONFLICT (day) DO UPDATE SET destroy_after = max(destroy_after, excluded.destroy_after)
                """,
                ("$day", day), ("$secret", candidate), ("$after", destroyAfter.ToUnixTimeMilliseconds()));
            return _file.Query("SELECT secret FROM daily_secrets WHERE day = $day", row => (byte[])row.GetValue(0), ("$day", day))[0];
        }
    }

    public int DestroySecrets(DateTimeOffset now)
    {
        lock (_lock)
        {
            var destroyed = _file.Run("DELETE FROM daily_secrets WHERE destroy_after < $now", ("$now", now.ToUnixTimeMilliseconds()));
            // The log of the database would still hold the secret.
            if (destroyed > 0)
                _file.Run("PRAGMA wal_checkpoint(TRUNCATE)");
            return destroyed;
        }
    }

    void SetDomains(int site, IReadOnlyList<string> domains)
    {
        for (var place = 0; place < domains.Count; place++)
        {
            try
            {
                _file.Run("INSERT INTO domains (domain, site, place) VALUES ($domain, $site, $place)",
                    ("$domain", domains[place]), ("$site", site), ("$place", place));
            }
            catch (SqliteException taken) when (CatalogFile.IsConflict(taken))
            {
                throw new CatalogConflictException($"the domain {domains[place]} belongs to another site");
            }
        }
    }

    static string DayOf(DateOnly date) => date.ToString(DayFormat, CultureInfo.InvariantCulture);
}
