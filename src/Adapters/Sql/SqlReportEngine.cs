using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.Sql;

/// <summary>Answers reports by statements. A report and its comparison see one state of the warehouse.</summary>
/// <param name="sessions">Disposed of with the engine.</param>
/// <param name="definitionVersion">The processing logic stated where there is nothing that any could have made.</param>
public abstract class SqlReportEngine(ISqlSessions sessions, Func<string> definitionVersion) : IReportEngine, IDisposable
{
    public ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation) =>
        sessions.InOneStateAsync(session => AnswerAsync(query, session), cancellation);

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) =>
        sessions.InOneStateAsync(
            async session =>
            {
                await session.ShowAsync(RealtimeSql.ScopeOf(site, now));
                return await new RealtimeSql(session, site, now).AnswerAsync();
            }, cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        sessions.InOneStateAsync(
            async session =>
            {
                await session.ShowAsync(TrafficSql.ScopeOf(now));
                return await TrafficSql.AnswerAsync(session, now);
            }, cancellation);

    public void Dispose()
    {
        sessions.Dispose();
        GC.SuppressFinalize(this);
    }

    async ValueTask<ReportAnswer> AnswerAsync(ReportQuery asked, ISqlSession session)
    {
        var query = asked.AllTime ? asked with { Range = await FromFirstEventAsync(asked, session) } : asked;
        var part = ReportParts.Complete(query, await RunAsync(query, null, session));
        return ReportParts.Answer(query, part, await ComparedAsync(query, part, session), await DefinitionsOfAsync(query, session));
    }

    /// <summary>Every version of logic and rules that made something of the site on the days asked for, those compared with included.</summary>
    async ValueTask<string> DefinitionsOfAsync(ReportQuery query, ISqlSession session)
    {
        var parameters = new SqlParameters(session.Dialect);
        string Within(DateRange range) => $"day BETWEEN {parameters.Add(range.From)} AND {parameters.Add(range.To)}";
        var days = query.Compare is { } compare ? $"{Within(query.Range)} OR {Within(compare)}" : Within(query.Range);
        return await DefinitionSql.MadeByOnAsync(session, query.Site.Id, days, parameters) is { Length: > 0 } known ? known : definitionVersion();
    }

    static async ValueTask<ComparedAnswer?> ComparedAsync(ReportQuery query, ReportPart part, ISqlSession session)
    {
        if (query.Compare is not { } range)
            return null;
        var only = query.Dimensions.Index().Where(place => !place.Item.IsTime).ToDictionary(
            place => place.Index,
            IReadOnlyList<string> (place) => [.. part.Rows.Select(row => row.Dimensions[place.Index]).Distinct(StringComparer.Ordinal)]);
        return ReportParts.Compared(query, part.Rows, range, await RunAsync(query with { Range = range }, only, session));
    }

    static async ValueTask<ReportPart> RunAsync(ReportQuery query, Dictionary<int, IReadOnlyList<string>>? only, ISqlSession session)
    {
        var plan = ReportPlan.For(query);
        await session.ShowAsync(new ReportScope(query.Site.Id, plan.Range.From, plan.Range.To, VisitsFrom: plan.NeedsFirstSeen ? null : plan.Range.From));
        var report = ReportSql.Render(plan, only, session.Dialect);
        return await session.QueryAsync(report.Sql, report.Parameters, rows => ReportReader.Read(rows, query));
    }

    static async ValueTask<DateRange> FromFirstEventAsync(ReportQuery query, ISqlSession session)
    {
        await session.ShowAsync(new ReportScope(query.Site.Id, From: null, To: null, VisitsFrom: null));
        var parameters = new SqlParameters(session.Dialect);
        var sql = $"SELECT min(occurred_at) FROM events_all WHERE site = {parameters.Add(query.Site.Id)}";
        var first = await session.QueryAsync(sql, parameters, DateTime? (rows) => rows.Read() && !rows.IsDBNull(0) ? rows.GetDateTime(0) : null);
        return query.Range.Since(first, query.Site.Zone);
    }
}
