using Footfall.Core.Enrichment;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.Sql;

/// <summary>The questions of the view of what happens now. They read the last half hour of one site's people.</summary>
sealed class RealtimeSql(ISqlSession session, Site site, DateTimeOffset now)
{
    const int Minutes = 30;
    const int TopMost = 10;

    public static ReportScope ScopeOf(Site site, DateTimeOffset now)
    {
        var from = now.UtcDateTime.AddMinutes(-Minutes);
        return new ReportScope(site.Id, from, now.UtcDateTime.AddTicks(1), VisitsFrom: from);
    }

    public async ValueTask<RealtimeAnswer> AnswerAsync() => new(
        now, await VisitorsAsync(5), await VisitorsAsync(Minutes), await PageViewsAsync(), await TopPagesAsync(), await TopSourcesAsync());

    ValueTask<long> VisitorsAsync(int minutes)
    {
        var parameters = new SqlParameters(session.Dialect);
        return session.QueryAsync($"SELECT count(DISTINCT e.visitor) FROM events_all e WHERE {Since(minutes, parameters)}", parameters,
            reader => reader.Read() ? reader.GetInt64(0) : 0);
    }

    ValueTask<long[]> PageViewsAsync()
    {
        var parameters = new SqlParameters(session.Dialect);
        var sql = $"""
            SELECT CAST({Whole($"{Dialect.Microseconds(parameters.Add(now.UtcDateTime))} - {Dialect.Microseconds("e.occurred_at")}")} AS INTEGER), count(*)
            FROM events_all e
            WHERE {Since(Minutes, parameters)} AND e.name = {parameters.Add(EventNames.PageView)}
            GROUP BY 1
            """;
        return session.QueryAsync(sql, parameters, reader =>
        {
            var counts = new long[Minutes];
            while (reader.Read())
                counts[Minutes - 1 - reader.GetInt32(0)] = reader.GetInt64(1);
            return counts;
        });
    }

    ValueTask<List<RealtimeRow>> TopPagesAsync()
    {
        var parameters = new SqlParameters(session.Dialect);
        return TopAsync(parameters, $"""
            SELECT e.page, count(DISTINCT e.visitor) AS visitors
            FROM events_all e
            WHERE {Since(Minutes, parameters)} AND e.name = {parameters.Add(EventNames.PageView)}
            """);
    }

    ValueTask<List<RealtimeRow>> TopSourcesAsync()
    {
        var parameters = new SqlParameters(session.Dialect);
        var start = parameters.Add(now.UtcDateTime.AddMinutes(-Minutes));
        return TopAsync(parameters, $"""
            SELECT v.source, count(DISTINCT e.visitor) AS visitors
            FROM events_all e JOIN visits_all v ON v.site = e.site AND v.visit = e.visit
            WHERE {Since(Minutes, parameters)} AND v.site = {parameters.Add(site.Id)} AND v.ended_at > {start}
            """);
    }

    ValueTask<List<RealtimeRow>> TopAsync(SqlParameters parameters, string sql) =>
        session.QueryAsync($"{sql}\nGROUP BY 1 ORDER BY visitors DESC, 1 LIMIT {parameters.Add(TopMost)}", parameters, reader =>
        {
            var rows = new List<RealtimeRow>();
            while (reader.Read())
                rows.Add(new RealtimeRow(reader.GetString(0), reader.GetInt64(1)));
            return rows;
        });

    SqlDialect Dialect => session.Dialect;

    string Whole(string microseconds) => Dialect.Whole(microseconds, 60_000_000);

    string Since(int minutes, SqlParameters parameters) =>
        $"e.site = {parameters.Add(site.Id)} AND e.occurred_at > {parameters.Add(now.UtcDateTime.AddMinutes(-minutes))}"
        + $" AND e.occurred_at <= {parameters.Add(now.UtcDateTime)} AND e.bot IS NULL";
}
