using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>The question of the view of all sites.</summary>
static class TrafficSql
{
    const int Hours = 24;

    public static ReportScope ScopeOf(DateTimeOffset now)
    {
        var from = now.UtcDateTime.AddHours(-2 * Hours);
        return new ReportScope(Site: null, from, now.UtcDateTime.AddTicks(1), VisitsFrom: from);
    }

    public static async ValueTask<IReadOnlyList<SiteTraffic>> AnswerAsync(ISqlSession session, DateTimeOffset now)
    {
        var parameters = new SqlParameters(session.Dialect);
        var end = parameters.Add(now.UtcDateTime);
        // A row a site and bucket: 0 to 23 is an hour, counted back from now; -1 the whole day, -2 the day before it.
        var hoursAgo = session.Dialect.Whole($"{session.Dialect.Microseconds(end)} - {session.Dialect.Microseconds("occurred_at")}", 3_600_000_000);
        return await session.QueryAsync($"""
            WITH seen AS (
                SELECT DISTINCT site, visitor, CAST({hoursAgo} AS INTEGER) AS hours_ago
                FROM events_all
                WHERE occurred_at > {parameters.Add(now.UtcDateTime.AddHours(-2 * Hours))} AND occurred_at <= {end} AND bot IS NULL)
            SELECT site, hours_ago, CAST(count(*) AS INTEGER) FROM seen WHERE hours_ago < {Hours} GROUP BY site, hours_ago
            UNION ALL
            SELECT site, CAST(-1 - {session.Dialect.Whole("hours_ago", Hours)} AS INTEGER), CAST(count(DISTINCT visitor) AS INTEGER) FROM seen GROUP BY ALL
            """, parameters, Read);
    }

    static List<SiteTraffic> Read(ISqlRows reader)
    {
        var hours = new Dictionary<int, int[]>();
        var days = new Dictionary<int, (int Now, int Before)>();
        while (reader.Read())
        {
            var (site, bucket, visitors) = (reader.GetInt32(0), reader.GetInt32(1), reader.GetInt32(2));
            if (!hours.TryGetValue(site, out var of))
                hours.Add(site, of = new int[Hours]);
            var day = days.GetValueOrDefault(site);
            if (bucket >= 0)
                of[Hours - 1 - bucket] = visitors;
            else
                days[site] = bucket == -1 ? day with { Now = visitors } : day with { Before = visitors };
        }
        return [.. hours.Select(pair => new SiteTraffic(pair.Key, days[pair.Key].Now, days[pair.Key].Before, pair.Value))];
    }
}
