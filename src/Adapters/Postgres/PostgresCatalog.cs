using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Npgsql;

namespace Footfall.Adapters.Postgres;

/// <summary>The sites and daily secrets in PostgreSQL, shared by every node.</summary>
public sealed class PostgresCatalog(PostgresDatabase database) : ICatalog
{
    public IReadOnlyList<Site> Sites() => database.Read(connection => SiteRows.All(connection));

    /// <summary>
    /// What other nodes, and this one, have changed since a point. Rows say which transaction changed them, and a reading goes up to the oldest that is
    /// still under way: a change that commits later is of that one or a younger, and so is read by the next. When another server answers than last
    /// time, or the same under another role, everything is read anew.
    /// </summary>
    public CatalogChanges Changes(CatalogPoint? since) => database.Read(connection =>
    {
        using var moment = connection.BeginTransaction(System.Data.IsolationLevel.RepeatableRead);
        var (server, oldest, next) = connection.Query("""
            SELECT concat(inet_server_addr(), ':', inet_server_port(), ' ', pg_postmaster_start_time(), ' ', pg_is_in_recovery()),
                pg_snapshot_xmin(pg_current_snapshot()), pg_snapshot_xmax(pg_current_snapshot())
            """, row => (row.GetString(0), row.GetFieldValue<ulong>(1), row.GetFieldValue<ulong>(2)))[0];
        var until = new CatalogPoint(server, oldest);
        if (since is not { Transaction: var from } || since.Server != server)
            return new CatalogChanges(until, IsWhole: true, SiteRows.All(connection), [], []);
        return new CatalogChanges(
            until, IsWhole: false, SiteRows.Changed(connection, from, next), Removed(connection, "site", from, next), Removed(connection, "key", from, next));
    });

    public Site AddSite(IReadOnlyList<string> domains, string timeZone, string currency, SiteSettings settings, int account = Account.First) =>
        database.Change(connection =>
        {
            var id = connection.One<int>("INSERT INTO sites (time_zone, currency, settings, account) VALUES ($1, $2, $3, $4) RETURNING id",
                timeZone, currency, SiteSettingsText.Of(settings), account);
            SetDomains(connection, id, domains);
            return new Site(id, domains, timeZone, currency, settings) { Account = account };
        });

    public bool UpdateSite(Site site) => database.Change(connection =>
    {
        var found = connection.Run("UPDATE sites SET time_zone = $2, currency = $3, settings = $4, changed = pg_current_xact_id() WHERE id = $1",
            site.Id, site.TimeZone, site.Currency, SiteSettingsText.Of(site.Settings));
        if (found == 0)
            return false;
        connection.Run("DELETE FROM domains WHERE site = $1", site.Id);
        SetDomains(connection, site.Id, site.Domains);
        return true;
    });

    public bool RemoveSite(int id) => database.Change(connection =>
    {
        if (connection.Run("DELETE FROM sites WHERE id = $1", id) == 0)
            return false;
        connection.Run("INSERT INTO removals (kind, id) VALUES ('site', $1)", id);
        return true;
    });

    public IReadOnlyList<Annotation> Annotations(int site) => database.Read(connection => connection.Query(
        "SELECT id, site, day, text FROM annotations WHERE site = $1 ORDER BY day, id",
        row => new Annotation(row.GetInt32(0), row.GetInt32(1), row.GetFieldValue<DateOnly>(2), row.GetString(3)), site));

    public Annotation AddAnnotation(int site, DateOnly date, string text) => database.Change(connection => new Annotation(
        connection.One<int>("INSERT INTO annotations (site, day, text) VALUES ($1, $2, $3) RETURNING id", site, date, text), site, date, text));

    public bool UpdateAnnotation(Annotation annotation) => database.Change(connection => connection.Run(
        "UPDATE annotations SET day = $3, text = $4 WHERE id = $1 AND site = $2", annotation.Id, annotation.Site, annotation.Date, annotation.Text)) > 0;

    public bool RemoveAnnotation(int site, int id) =>
        database.Change(connection => connection.Run("DELETE FROM annotations WHERE id = $1 AND site = $2", id, site)) > 0;

    /// <remarks>
    /// Hits wait for it, so a standby that does not confirm it in time only delays it: were the primary lost before it does, the visitors of the rest
    /// of the day would be counted once more. Whoever asks later changes nothing when the secret lasts long enough already.
    /// </remarks>
    public byte[] DailySecret(DateOnly date, byte[] candidate, DateTimeOffset destroyAfter) =>
        database.Read(connection => Known(connection, date, destroyAfter)) ?? database.ChangeAnyway(connection => connection.One<byte[]>("""
            INSERT INTO daily_secrets AS known (day, secret, destroy_after) VALUES ($1, $2, $3)
            ON CONFLICT (day) DO UPDATE SET destroy_after = greatest(known.destroy_after, excluded.destroy_after)
            RETURNING secret
            """, date, candidate, destroyAfter));

    public int DestroySecrets(DateTimeOffset now)
    {
        var destroyed = database.Change(connection => connection.Run("DELETE FROM daily_secrets WHERE destroy_after < $1", now));
        // The rows of a deleted secret stay in the table's file until it is written anew.
        if (destroyed > 0)
            database.Attempt(() => Vacuum(database));
        return destroyed;
    }

    static List<int> Removed(NpgsqlConnection connection, string kind, ulong from, ulong before) => connection.Query(
        "SELECT id FROM removals WHERE kind = $1 AND changed >= $2::text::xid8 AND changed < $3::text::xid8",
        row => row.GetInt32(0), kind, SiteRows.Number(from), SiteRows.Number(before));

    static byte[]? Known(NpgsqlConnection connection, DateOnly date, DateTimeOffset destroyAfter) => connection.Query(
        "SELECT secret FROM daily_secrets WHERE day = $1 AND destroy_after >= $2", row => row.GetFieldValue<byte[]>(0), date, destroyAfter).FirstOrDefault();

    static int Vacuum(PostgresDatabase database)
    {
        using var connection = database.Primary.OpenConnection();
        return connection.Run("VACUUM (FULL) daily_secrets");
    }

    static void SetDomains(NpgsqlConnection connection, int site, IReadOnlyList<string> domains)
    {
        for (var place = 0; place < domains.Count; place++)
        {
            try
            {
                connection.Run("INSERT INTO domains (domain, site, place) VALUES ($1, $2, $3)", domains[place], site, place);
            }
            catch (PostgresException taken) when (Statements.IsConflict(taken))
            {
                throw new CatalogConflictException($"the domain {domains[place]} belongs to another site");
            }
        }
    }
}
