using DuckDB.NET.Data;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb;

/// <summary>Answers reports by DuckDB, from its own file or from Parquet files. A report and its comparison see one state of the warehouse.</summary>
/// <param name="definitionVersion">The processing logic stated where there is nothing that any could have made.</param>
public sealed class DuckDbReportEngine(
    IReportTables tables, TimeSpan timeout, int atOnce, Func<string> definitionVersion, TimeProvider time) : IReportEngine, IDisposable
{
    readonly ReportRunner _runner = new(tables.Open, timeout, atOnce, time);

    /// <param name="open">Opens a connection to a database that has the tables; the engine closes it.</param>
    public DuckDbReportEngine(Func<DuckDBConnection> open, TimeSpan timeout, int atOnce, Func<string> definitionVersion, TimeProvider time)
        : this(new DatabaseTables(open), timeout, atOnce, definitionVersion, time)
    {
    }

    public ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation) =>
        _runner.RunAsync(connection => tables.InOneState(connection, show => Answer(query, connection, show)), cancellation);

    public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) =>
        _runner.RunAsync(
            connection => tables.InOneState(connection, show =>
            {
                show(RealtimeSql.ScopeOf(site, now));
                return new RealtimeSql(connection, site, now).Answer();
            }), cancellation);

    public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) =>
        _runner.RunAsync(
            connection => tables.InOneState(connection, show =>
            {
                show(TrafficSql.ScopeOf(now));
                return TrafficSql.Answer(connection, now);
            }), cancellation);

    public void Dispose() => _runner.Dispose();

    ReportAnswer Answer(ReportQuery asked, ReportConnection connection, Action<ReportScope> show)
    {
        var query = asked.AllTime ? asked with { Range = FromFirstEvent(asked, connection, show) } : asked;
        var part = ReportParts.Complete(query, Run(query, null, connection, show));
        return ReportParts.Answer(query, part, Compared(query, part, connection, show), DefinitionsOf(query, connection));
    }

    /// <summary>Every version of logic and rules that made something of the site on the days asked for, those compared with included.</summary>
    string DefinitionsOf(ReportQuery query, ReportConnection connection)
    {
        var parameters = new SqlParameters();
        string Within(DateRange range) => $"day BETWEEN {parameters.Add(range.From)} AND {parameters.Add(range.To)}";
        var days = query.Compare is { } compare ? $"{Within(query.Range)} OR {Within(compare)}" : Within(query.Range);
        return DefinitionSql.MadeByOn(connection, query.Site.Id, days, parameters) is { Length: > 0 } known ? known : definitionVersion();
    }

    static ComparedAnswer? Compared(ReportQuery query, ReportPart part, ReportConnection connection, Action<ReportScope> show)
    {
        if (query.Compare is not { } range)
            return null;
        var only = query.Dimensions.Index().Where(place => !place.Item.IsTime).ToDictionary(
            place => place.Index,
            IReadOnlyList<string> (place) => [.. part.Rows.Select(row => row.Dimensions[place.Index]).Distinct(StringComparer.Ordinal)]);
        return ReportParts.Compared(query, part.Rows, range, Run(query with { Range = range }, only, connection, show));
    }

    static ReportPart Run(ReportQuery query, Dictionary<int, IReadOnlyList<string>>? only, ReportConnection connection, Action<ReportScope> show)
    {
        var plan = ReportPlan.For(query);
        show(new ReportScope(query.Site.Id, plan.Range.From, plan.Range.To, VisitsFrom: plan.NeedsFirstSeen ? null : plan.Range.From));
        var report = ReportSql.Render(plan, only);
        return connection.Query(report.Sql, report.Parameters, reader => ReportReader.Read(reader, query));
    }

    static DateRange FromFirstEvent(ReportQuery query, ReportConnection connection, Action<ReportScope> show)
    {
        show(new ReportScope(query.Site.Id, From: null, To: null, VisitsFrom: null));
        var parameters = new SqlParameters();
        var sql = $"SELECT min(occurred_at) FROM events_all WHERE site = {parameters.Add(query.Site.Id)}";
        var first = connection.Query(sql, parameters, DateTime? (reader) => reader.Read() && !reader.IsDBNull(0) ? reader.GetDateTime(0) : null);
        return query.Range.Since(first, query.Site.Zone);
    }
}
