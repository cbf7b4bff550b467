using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.Sql;

/// <summary>Reads what rollups hold by statements, in one state of the warehouse.</summary>
/// <param name="sessions">Disposed of with the source.</param>
public abstract class SqlRollupSource(ISqlSessions sessions) : IRollupSource, IDisposable
{
    public ValueTask<RollupReading> ReadAsync(
        Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions, CancellationToken cancellation) =>
        sessions.InOneStateAsync(session => ReadAsync(session, site, days, dimensions), cancellation);

    public ValueTask<SiteExtent> ExtentAsync(Site site, CancellationToken cancellation) => sessions.InOneStateAsync(
        async session =>
        {
            await session.ShowAsync(new ReportScope(site.Id, From: null, To: null, VisitsFrom: null));
            var (seen, _) = await StateSql.ReadAsync(session);
            var parameters = new SqlParameters(session.Dialect);
            return await session.QueryAsync(
                $"SELECT min(occurred_at), count(*) FROM events_all WHERE site = {parameters.Add(site.Id)}", parameters,
                rows => rows.Read() ? new SiteExtent(rows.IsDBNull(0) ? null : rows.GetDateTime(0), rows.GetInt64(1), seen) : new SiteExtent(null, 0, seen));
        }, cancellation);

    public void Dispose()
    {
        sessions.Dispose();
        GC.SuppressFinalize(this);
    }

    static async ValueTask<RollupReading> ReadAsync(ISqlSession session, Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions)
    {
        // What carries over from the day before is asked for by when the visits began, which nobody knows yet.
        await session.ShowAsync(new ReportScope(site.Id, From: null, To: null, VisitsFrom: null));
        var (seen, completeUntil) = await StateSql.ReadAsync(session);
        var slices = new List<Core.Rollups.DraftSlice>();
        foreach (var day in days)
            slices.AddRange(await new RollupDayReader(session, site, day, dimensions).ReadAsync());
        return new RollupReading(seen, completeUntil, slices, await MadeByOnAsync(session, site, days));
    }

    static async ValueTask<string> MadeByOnAsync(ISqlSession session, Site site, IReadOnlyList<DateOnly> days)
    {
        if (days.Count == 0)
            return "";
        var parameters = new SqlParameters(session.Dialect);
        var list = string.Join(", ", days.Select(day => parameters.Add(day)));
        return await DefinitionSql.MadeByOnAsync(session, site.Id, $"day IN ({list})", parameters);
    }
}
