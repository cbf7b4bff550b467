using Footfall.Core.Accounts;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;
using Npgsql;
using NpgsqlTypes;

namespace Footfall.Adapters.Postgres;

/// <summary>The book of the scheduled analysis in PostgreSQL. What is in it can be made again, so a standby that does not confirm a change holds nobody up.</summary>
public sealed class PostgresAnalysisBook(PostgresDatabase database) : IAnalysisBook
{
    const int RunsKept = 1000;
    const string PositionsSql = "SELECT partition, log_offset FROM analysis_positions ORDER BY partition";

    /// <exception cref="DatabaseUnavailableException">No server could be asked.</exception>
    public async ValueTask<IReadOnlyList<LogPosition>> PositionsAsync(CancellationToken cancellation) =>
        await database.ReadAsync(database.Current, PositionsSql, Position, cancellation);

    /// <exception cref="DatabaseUnavailableException">Nothing was added, or nobody knows.</exception>
    public async ValueTask<bool> AdvanceAsync(
        IReadOnlyList<LogPosition> from, IReadOnlyList<LogPosition> through, IReadOnlyCollection<SiteEvents> grown, long epoch, CancellationToken cancellation) =>
        await Task.Run(() => database.ChangeAnyway(connection =>
        {
            // Whoever comes second waits here, and finds that the first has moved on.
            if (connection.Run("UPDATE analysis_state SET epoch = $1 WHERE epoch <= $1", epoch) == 0)
                return false;
            var known = connection.Query(PositionsSql, Position);
            if (!known.SequenceEqual(from.OrderBy(position => position.Partition)))
                return false;
            Add(connection, grown);
            connection.Run("""
                INSERT INTO analysis_positions AS known (partition, log_offset) SELECT * FROM unnest($1, $2)
                ON CONFLICT (partition) DO UPDATE SET log_offset = excluded.log_offset
                """, through.Select(position => position.Partition).ToArray(), through.Select(position => position.Offset).ToArray());
            return true;
        }), cancellation);

    /// <exception cref="DatabaseUnavailableException">No server could be asked.</exception>
    public async ValueTask<IReadOnlyList<SiteEvents>> SitesAsync(long eventsMin, CancellationToken cancellation) => await database.ReadAsync(database.Current,
        "SELECT site, first_at, events FROM analysis_sites WHERE events >= $1 ORDER BY site",
        row => new SiteEvents(row.GetInt32(0), row.Time(1).UtcDateTime, row.GetInt64(2)), cancellation, eventsMin);

    /// <exception cref="DatabaseUnavailableException">It was not recorded, or nobody knows.</exception>
    public async ValueTask RecordAsync(AnalysisRun run, CancellationToken cancellation)
    {
        var partitions = run.Through.Union(run.From).Select(position => position.Partition).Distinct().Order().ToArray();
        long[] Offsets(IReadOnlyList<LogPosition> positions) =>
            [.. partitions.Select(partition => positions.FirstOrDefault(position => position.Partition == partition).Offset)];
        await Task.Run(() => database.ChangeAnyway(connection =>
        {
            connection.Run("""
                INSERT INTO analysis_runs (engine, began_at, seconds, partitions, from_offsets, through_offsets, complete_until, events, sites, days, failure)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, run.Engine, run.Began, run.Took.TotalSeconds, partitions, Offsets(run.From), Offsets(run.Through), run.CompleteUntil, run.Events, run.Sites, run.Days, run.Failure);
            return connection.Run("DELETE FROM analysis_runs WHERE id <= (SELECT max(id) FROM analysis_runs) - $1", (long)RunsKept);
        }), cancellation);
    }

    /// <exception cref="DatabaseUnavailableException">No server could be asked.</exception>
    public async ValueTask<IReadOnlyList<AnalysisRun>> RunsAsync(int most, CancellationToken cancellation) => await database.ReadAsync(database.Current, """
        SELECT engine, began_at, seconds, partitions, from_offsets, through_offsets, complete_until, events, sites, days, failure
        FROM analysis_runs ORDER BY id DESC LIMIT $1
        """,
        row => new AnalysisRun(
            row.GetString(0), row.Time(1), TimeSpan.FromSeconds(row.GetDouble(2)), Positions(row, 4), Positions(row, 5), row.MaybeTime(6), row.GetInt64(7), row.GetInt32(8),
            row.GetInt32(9), row.MaybeText(10)),
        cancellation, most);

    static LogPosition Position(NpgsqlDataReader row) => new(row.GetInt32(0), row.GetInt64(1));

    static List<LogPosition> Positions(NpgsqlDataReader row, int offsets) =>
        [.. row.GetFieldValue<int[]>(3).Zip(row.GetFieldValue<long[]>(offsets), (partition, offset) => new LogPosition(partition, offset))];

    static void Add(NpgsqlConnection connection, IReadOnlyCollection<SiteEvents> grown)
    {
        connection.Run("CREATE TEMP TABLE staged_sites (site integer, first_at timestamptz, events bigint) ON COMMIT DROP");
        using (var copy = connection.BeginBinaryImport("COPY staged_sites (site, first_at, events) FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var site in grown)
            {
                copy.StartRow();
                copy.Write(site.Site, NpgsqlDbType.Integer);
                copy.Write(DateTime.SpecifyKind(site.First, DateTimeKind.Utc), NpgsqlDbType.TimestampTz);
                copy.Write(site.Events, NpgsqlDbType.Bigint);
            }
            copy.Complete();
        }
        connection.Run("""
            INSERT INTO analysis_sites AS known (site, first_at, events) SELECT site, first_at, events FROM staged_sites ORDER BY site
            ON CONFLICT (site) DO UPDATE SET first_at = least(known.first_at, excluded.first_at), events = known.events + excluded.events
            """);
    }
}
