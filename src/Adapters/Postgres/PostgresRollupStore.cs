using System.Collections.Concurrent;
using Footfall.Core.Accounts;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace Footfall.Adapters.Postgres;

/// <summary>
/// Rollups in PostgreSQL. Which days a site has is a few small rows, asked of the primary while there is one, because a standby that lags could name a
/// day that has been touched since. The slices, which are nearly all the bytes, come from a standby: one that lags gives an edition that is not the
/// day's, or none, and whoever asked sees that. A day is written under a lock that touches of it share and writers have alone. What is derived can be
/// made again, so a standby that does not confirm a change in time holds nobody up.
/// </summary>
public sealed class PostgresRollupStore(PostgresDatabase database) : IRollupStore
{
    /// <summary>The locks that order the calls for one site; sites share them by remainder, so that one call never needs more than there are.</summary>
    const int SiteLocks = 1382378604;
    const int LocksMax = 64;

    readonly ConcurrentDictionary<DateOnly, bool> _months = [];

    /// <exception cref="DatabaseUnavailableException">No server could be asked.</exception>
    public async ValueTask<RolledSite> SiteAsync(int site, CancellationToken cancellation)
    {
        var generation = 0L;
        var days = await database.ReadAsync(database.Current, """
            SELECT coalesce((SELECT generation FROM rollup_sites WHERE site = $1), 0), day, basis, is_first, edition
            FROM (SELECT) AS always LEFT JOIN rolled_days ON site = $1 ORDER BY day
            """,
            row =>
            {
                generation = row.GetInt64(0);
                return row.IsDBNull(1) ? null : new RolledDay(site, row.GetFieldValue<DateOnly>(1), row.GetString(2), row.GetBoolean(3), row.GetInt64(4));
            },
            cancellation, site);
        return new RolledSite(generation, [.. days.OfType<RolledDay>()]);
    }

    /// <exception cref="DatabaseUnavailableException">No server could be asked.</exception>
    public async ValueTask<IReadOnlyList<StoredSlice>> SlicesAsync(int site, string dimension, DateOnly from, DateOnly to, CancellationToken cancellation) =>
        await database.ReadAsync(database.Standby,
            "SELECT day, edition, bytes FROM rollup_slices WHERE site = $1 AND dimension = $2 AND day BETWEEN $3 AND $4 ORDER BY day",
            row => new StoredSlice(row.GetFieldValue<DateOnly>(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2)), cancellation, site, dimension, from, to);

    /// <exception cref="DatabaseUnavailableException">It may not be known to all who ask for rollups, and the batch must not be committed.</exception>
    public async ValueTask TouchAsync(IReadOnlyCollection<SiteDay> days, LogPosition through, CancellationToken cancellation)
    {
        if (days.Count == 0)
            return;
        var (sites, dates) = (days.Select(day => day.Site).ToArray(), days.Select(day => day.Day).ToArray());
        await Task.Run(() =>
        {
            MakeMonths(dates);
            return database.ChangeAnyway(connection =>
            {
                connection.Query("""
                    SELECT pg_advisory_xact_lock_shared($1, place) FROM (SELECT DISTINCT unnest($2) % $3 AS place ORDER BY place) AS places
                    """, row => 0, SiteLocks, sites, LocksMax);
                connection.Run("""
                    INSERT INTO rollup_touches AS known (site, day, partition, through)
                    SELECT DISTINCT site, day, $3, $4 FROM unnest($1, $2) AS touched (site, day) ORDER BY site, day
                    ON CONFLICT (site, day, partition) DO UPDATE SET through = excluded.through WHERE known.through < excluded.through
                    """, sites, dates, through.Partition, through.Offset);
                var taken = connection.Query("""
                    DELETE FROM rolled_days AS rolled USING unnest($1, $2) AS touched (site, day) WHERE rolled.site = touched.site AND rolled.day = touched.day
                    RETURNING rolled.site, rolled.day
                    """, row => new SiteDay(row.GetInt32(0), row.GetFieldValue<DateOnly>(1)), sites, dates);
                foreach (var (site, day) in taken)
                    connection.Run("DELETE FROM rollup_slices WHERE site = $1 AND day = $2", site, day);
                return connection.Run("""
                    UPDATE rolled_days AS rolled SET is_first = false FROM (SELECT site, min(day) AS day FROM unnest($1, $2) AS touched (site, day) GROUP BY site) AS earliest
                    WHERE rolled.site = earliest.site AND rolled.day > earliest.day AND rolled.is_first
                    """, sites, dates);
            });
        }, cancellation);
    }

    /// <exception cref="DatabaseUnavailableException">It was not stored, or nobody knows.</exception>
    public async ValueTask<PutOutcome> PutAsync(
        RolledDay day, long generation, IReadOnlyList<LogPosition> seen, IReadOnlyList<RollupSlice> slices, CancellationToken cancellation) => await Task.Run(() =>
        {
            MakeMonths([day.Day]);
            return database.ChangeAnyway(connection =>
            {
                Lock(connection, day.Site);
                if (IsOutdated(connection, day, generation, seen))
                    return PutOutcome.Outdated;
                Remove(connection, day);
                var edition = connection.One<long>("SELECT nextval('rollup_editions')");
                connection.Run("INSERT INTO rolled_days (site, day, basis, is_first, edition) VALUES ($1, $2, $3, $4, $5)",
                    day.Site, day.Day, day.Basis, day.IsFirst, edition);
                Copy(connection, day, edition, slices);
                return PutOutcome.Stored;
            });
        }, cancellation);

    /// <remarks>Touches stay: a batch that was touched for and is yet to be committed is not in what a new rollup would be made from.</remarks>
    /// <exception cref="DatabaseUnavailableException">It may still be there.</exception>
    public async ValueTask DropAsync(int site, CancellationToken cancellation) => await Task.Run(() => database.Change(connection =>
    {
        Lock(connection, site);
        connection.Run("INSERT INTO rollup_sites AS known (site, generation) VALUES ($1, 1) ON CONFLICT (site) DO UPDATE SET generation = known.generation + 1", site);
        connection.Run("DELETE FROM rollup_slices WHERE site = $1", site);
        return connection.Run("DELETE FROM rolled_days WHERE site = $1", site);
    }), cancellation);

    static void Lock(NpgsqlConnection connection, int site) => connection.Query("SELECT pg_advisory_xact_lock($1, $2 % $3)", row => 0, SiteLocks, site, LocksMax);

    static bool IsOutdated(NpgsqlConnection connection, RolledDay day, long generation, IReadOnlyList<LogPosition> seen)
    {
        if (connection.One<long>("SELECT coalesce((SELECT generation FROM rollup_sites WHERE site = $1), 0)", day.Site) != generation)
            return true;
        var touched = connection.Query("""
            SELECT partition, max(through) FROM rollup_touches WHERE site = $1 AND (day = $2 OR ($3 AND day < $2)) GROUP BY partition
            """, row => new LogPosition(row.GetInt32(0), row.GetInt64(1)), day.Site, day.Day, day.IsFirst);
        return touched.Exists(through => seen.FirstOrDefault(position => position.Partition == through.Partition).Offset < through.Offset);
    }

    static void Remove(NpgsqlConnection connection, RolledDay day)
    {
        connection.Run("DELETE FROM rolled_days WHERE site = $1 AND day = $2", day.Site, day.Day);
        connection.Run("DELETE FROM rollup_slices WHERE site = $1 AND day = $2", day.Site, day.Day);
    }

    static void Copy(NpgsqlConnection connection, RolledDay day, long edition, IReadOnlyList<RollupSlice> slices)
    {
        using var copy = connection.BeginBinaryImport("COPY rollup_slices (site, day, dimension, edition, bytes) FROM STDIN (FORMAT BINARY)");
        foreach (var slice in slices)
        {
            copy.StartRow();
            copy.Write(day.Site, NpgsqlDbType.Integer);
            copy.Write(day.Day, NpgsqlDbType.Date);
            copy.Write(slice.Dimension, NpgsqlDbType.Text);
            copy.Write(edition, NpgsqlDbType.Bigint);
            copy.Write(slice.Bytes, NpgsqlDbType.Bytea);
        }
        copy.Complete();
    }

    /// <summary>Makes the tables of months that this process has not seen yet.</summary>
    void MakeMonths(IEnumerable<DateOnly> days)
    {
        foreach (var month in days.Select(day => new DateOnly(day.Year, day.Month, 1)).Distinct().Where(month => !_months.ContainsKey(month)))
        {
            database.Note(connection => connection.Run("SELECT make_rollup_month($1)", month));
            _months[month] = true;
        }
    }
}
