using Footfall.Core.Enrichment;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb;

/// <summary>The questions of the view of what happens now. They read the last half hour of one site's people.</summary>
sealed class RealtimeSql(ReportConnection connection, Site site, DateTimeOffset now)
{
    const int Minutes = 30;
    const int TopMost = 10;

    public static ReportScope ScopeOf(Site site, DateTimeOffset now)
    {
        var from = now.UtcDateTime.AddMinutes(-Minutes);
        return new ReportScope(site.Id, from, now.UtcDateTime.AddTicks(1), VisitsFrom: from);
    }

    public RealtimeAnswer Answer() => new(now, Visitors(5), Visitors(Minutes), PageViews(), TopPages(), TopSources());

    long Visitors(int minutes)
    {
        var parameters = new SqlParameters();
        return connection.Query($"SELECT count(DISTINCT e.visitor) FROM events_all e WHERE {Since(minutes, parameters)}", parameters,
            reader => reader.Read() ? reader.GetInt64(0) : 0);
    }

    long[] PageViews()
    {
        var parameters = new SqlParameters();
        var sql = $"""
            SELECT CAST((epoch_us({parameters.Add(now.UtcDateTime)}) - epoch_us(e.occurred_at)) // 60000000 AS INTEGER), count(*)
            FROM events_all e
            WHERE {Since(Minutes, parameters)} AND e.name = {parameters.Add(EventNames.PageView)}
            GROUP BY 1
            """;
        return connection.Query(sql, parameters, reader =>
        {
            var counts = new long[Minutes];
            while (reader.Read())
                counts[Minutes - 1 - reader.GetInt32(0)] = reader.GetInt64(1);
            return counts;
        });
    }

    List<RealtimeRow> TopPages()
    {
        var parameters = new SqlParameters();
        return Top(parameters, $"""
            SELECT e.page, count(DISTINCT e.visitor) AS visitors
            FROM events_all e
            WHERE {Since(Minutes, parameters)} AND e.name = {parameters.Add(EventNames.PageView)}
            """);
    }

    List<RealtimeRow> TopSources()
    {
        var parameters = new SqlParameters();
        var start = parameters.Add(now.UtcDateTime.AddMinutes(-Minutes));
        return Top(parameters, $"""
            SELECT v.source, count(DISTINCT e.visitor) AS visitors
            FROM events_all e JOIN visits_all v ON v.site = e.site AND v.visit = e.visit
            WHERE {Since(Minutes, parameters)} AND v.site = {parameters.Add(site.Id)} AND v.ended_at > {start}
            """);
    }

    List<RealtimeRow> Top(SqlParameters parameters, string sql) =>
        connection.Query($"{sql}\nGROUP BY 1 ORDER BY visitors DESC, 1 LIMIT {parameters.Add(TopMost)}", parameters, reader =>
        {
            var rows = new List<RealtimeRow>();
            while (reader.Read())
                rows.Add(new RealtimeRow(reader.GetString(0), reader.GetInt64(1)));
            return rows;
        });

    string Since(int minutes, SqlParameters parameters) =>
        $"e.site = {parameters.Add(site.Id)} AND e.occurred_at > {parameters.Add(now.UtcDateTime.AddMinutes(-minutes))}"
        + $" AND e.occurred_at <= {parameters.Add(now.UtcDateTime)} AND e.bot IS NULL";
}
