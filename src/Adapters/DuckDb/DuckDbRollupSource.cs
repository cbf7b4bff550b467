using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb;

/// <summary>Reads what rollups hold from the embedded warehouse, in one snapshot of it.</summary>
/// <param name="open">Opens a connection to the warehouse's database; closed here.</param>
public sealed class DuckDbRollupSource(Func<DuckDBConnection> open, TimeSpan timeout, int atOnce, TimeProvider time) : IRollupSource, IDisposable
{
    const int SumsOfEvents = 9;
    const int SumsOfVisits = 5;

    readonly ReportRunner _runner = new(open, timeout, atOnce, time);

    public ValueTask<RollupReading> ReadAsync(
        Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions, CancellationToken cancellation) =>
        _runner.RunAsync(connection => connection.InSnapshot(() => Read(connection, site, days, dimensions)), cancellation);

    public ValueTask<SiteExtent> ExtentAsync(Site site, CancellationToken cancellation) => _runner.RunAsync(
        connection =>
        {
            var parameters = new SqlParameters();
            return connection.Query(
                $"SELECT min(occurred_at), count(*) FROM events_all WHERE site = {parameters.Add(site.Id)}", parameters,
                row => row.Read() ? new SiteExtent(TimeOrNull(row, 0), row.GetInt64(1)) : default);
        }, cancellation);

    public void Dispose() => _runner.Dispose();

    static RollupReading Read(ReportConnection connection, Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions)
    {
        var seen = new List<LogPosition>();
        DateTime? completeUntil = null;
        connection.Query("SELECT partition, log_offset, complete_until FROM warehouse_state ORDER BY complete_until DESC", new SqlParameters(), row =>
        {
            while (row.Read())
            {
                seen.Add(new LogPosition(row.GetInt32(0), row.GetInt64(1)));
                completeUntil = TimeOrNull(row, 2);
            }
            return seen;
        });
        var slices = new List<DraftSlice>();
        foreach (var day in days)
        {
            var earliest = Earliest(connection, new RollupSql(site, day, dimension: null));
            slices.Add(Slice(connection, site, day, dimension: null, earliest));
            slices.AddRange(dimensions.Select(dimension => Slice(connection, site, day, dimension, earliest)));
        }
        return new RollupReading(seen, completeUntil, slices);
    }

    static DateTime? Earliest(ReportConnection connection, RollupSql sql) =>
        connection.Query(sql.Earliest(), sql.Parameters, row => row.Read() ? TimeOrNull(row, 0) : null);

    static DraftSlice Slice(ReportConnection connection, Site site, DateOnly day, Dimension? dimension, DateTime? earliest)
    {
        var isHour = dimension is { IsTime: true };
        var carriedSql = new RollupSql(site, day, dimension);
        // The visits of an hour that began before it are told apart from the others in the same statement: no other day has that hour.
        var carried = earliest is { } from && !isHour
            ? connection.Query(carriedSql.Carried(from), carriedSql.Parameters, row => Carried(row, site, day))
            : [];
        var sql = new RollupSql(site, day, dimension);
        var rows = new List<DraftRow>();
        var (daily, lasting) = (false, false);
        connection.Query(sql.Rows(), sql.Parameters, row =>
        {
            while (row.Read())
            {
                var value = isHour ? TimeBuckets.Hour(row.GetDateTime(0), site.Zone) : row.GetString(0);
                var others = VisitSumsAt(row, 1 + SumsOfEvents + SumsOfVisits);
                rows.Add(new DraftRow(
                    value,
                    EventSumsAt(row, 1),
                    VisitSumsAt(row, 1 + SumsOfEvents),
                    !isHour ? carried.GetValueOrDefault(value) ?? [] : others.Visits > 0 ? [new CarriedVisits(day.AddDays(-1), SeenOn: null, others)] : [],
                    row.GetFieldValue<List<ulong>>(1 + SumsOfEvents + (2 * SumsOfVisits) + 2)));
                daily |= row.GetBoolean(1 + SumsOfEvents + (2 * SumsOfVisits));
                lasting |= row.GetBoolean(2 + SumsOfEvents + (2 * SumsOfVisits));
            }
            return rows.Count;
        });
        return new DraftSlice(dimension?.Id ?? RollupDimensions.Whole, day, rows, daily, lasting);
    }

    /// <summary>The visits that began on an earlier day, by value.</summary>
    static Dictionary<string, IReadOnlyList<CarriedVisits>> Carried(DuckDBDataReader row, Site site, DateOnly day)
    {
        var sums = new Dictionary<(string Value, DateOnly Started, DateOnly? Seen), VisitSums>();
        while (row.Read())
        {
            var key = (row.GetString(0), Before(day, row.GetDateTime(1), site), TimeOrNull(row, 2) is { } seen ? Before(day, seen, site) : (DateOnly?)null);
            sums[key] = sums.GetValueOrDefault(key) + new VisitSums(
                1, row.GetBoolean(3) ? 1 : 0, row.GetBoolean(4) ? 1 : 0, row.GetBoolean(5) ? 1 : 0, row.GetInt64(6));
        }
        return sums.GroupBy(pair => pair.Key.Value, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            IReadOnlyList<CarriedVisits> (group) => [.. group.Select(pair => new CarriedVisits(pair.Key.Started, pair.Key.Seen, pair.Value))],
            StringComparer.Ordinal);
    }

    /// <summary>The local day of an instant before the day. Where clocks were put back over midnight it may bear the day's own date; no report uses such days.</summary>
    static DateOnly Before(DateOnly day, DateTime instant, Site site)
    {
        var local = LocalTime.DayOf(DateTime.SpecifyKind(instant, DateTimeKind.Utc), site.Zone);
        return local < day ? local : day.AddDays(-1);
    }

    static EventSums EventSumsAt(DuckDBDataReader row, int at) => new(
        row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4), row.GetInt64(at + 5),
        row.GetInt64(at + 6), row.GetInt64(at + 7), row.GetInt64(at + 8));

    static VisitSums VisitSumsAt(DuckDBDataReader row, int at) =>
        new(row.GetInt64(at), row.GetInt64(at + 1), row.GetInt64(at + 2), row.GetInt64(at + 3), row.GetInt64(at + 4));

    static DateTime? TimeOrNull(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
