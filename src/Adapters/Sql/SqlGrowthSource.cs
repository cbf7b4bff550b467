using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.Sql;

/// <summary>Tells by one statement over all sites what came into the warehouse.</summary>
/// <param name="sessions">Disposed of with the source.</param>
public abstract class SqlGrowthSource(ISqlSessions sessions) : IGrowthSource, IDisposable
{
    public ValueTask<Growth> SinceAsync(IReadOnlyList<LogPosition> since, CancellationToken cancellation) =>
        sessions.InOneStateAsync(session => ReadAsync(session, since), cancellation);

    public void Dispose()
    {
        sessions.Dispose();
        GC.SuppressFinalize(this);
    }

    static async ValueTask<Growth> ReadAsync(ISqlSession session, IReadOnlyList<LogPosition> since)
    {
        await session.ShowAsync(ReportScope.Everything);
        var (through, completeUntil) = await StateSql.ReadAsync(session);
        var parameters = new SqlParameters(session.Dialect);
        var sql = $"SELECT site, min(occurred_at), count(*) FROM events_all WHERE {Newer(since, parameters)} GROUP BY site ORDER BY site";
        var sites = await session.QueryAsync(sql, parameters, rows =>
        {
            var found = new List<SiteEvents>();
            while (rows.Read())
                found.Add(new SiteEvents(rows.GetInt32(0), rows.GetDateTime(1), rows.GetInt64(2)));
            return found;
        });
        return new Growth(through, completeUntil, sites);
    }

    /// <summary>Rows of the state are of records before its positions, so that no upper bound is needed. The lowest bound alone lets files be skipped.</summary>
    static string Newer(IReadOnlyList<LogPosition> since, SqlParameters parameters)
    {
        if (since.Count == 0)
            return "true";
        var partition = parameters.Dialect.Whole("sequence", 1L << WarehouseState.NumberBits);
        var cases = since.Select(position => $"WHEN {parameters.Add((long)position.Partition)} THEN {parameters.Add(position.Offset)}");
        return $"log_offset >= CASE {partition} {string.Join(' ', cases)} ELSE {parameters.Add(0L)} END";
    }
}
