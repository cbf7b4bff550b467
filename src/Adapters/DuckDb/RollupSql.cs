using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Renders what a rollup holds of one dimension on one local day. As in a report, <c>v</c> is the visits of the day and <c>g</c> its events by value and
/// visit, so that each visit is looked at once a value.
/// </summary>
sealed class RollupSql
{
    static readonly Measure[] Sums =
    [
        new Measure.CountEvents(EventTest.Any),
        new Measure.CountEvents(EventTest.PageView),
        new Measure.CountEvents(EventTest.KeyEvent),
        new Measure.CountEvents(EventTest.Purchase),
        new Measure.CountEvents(EventTest.Refund),
        new Measure.SumEvents(EventAmount.Engagement, EventTest.Any),
        new Measure.SumEvents(EventAmount.Revenue, EventTest.Purchase),
        new Measure.SumEvents(EventAmount.Revenue, EventTest.Refund),
        new Measure.SumEvents(EventAmount.Items, EventTest.Purchase),
    ];

    static readonly Measure[] Looks =
    [
        new Measure.CountVisits(VisitTest.Engaged), new Measure.CountVisits(VisitTest.SinglePage), new Measure.CountVisits(VisitTest.KeyEvent),
        new Measure.SumVisitTime(),
    ];

    readonly Dimension? _dimension;
    readonly DimensionSql _dimensions;
    readonly MeasureSql _measures;
    readonly string _site;
    readonly string _from;
    readonly string _to;

    /// <param name="dimension">Null for the day as a whole.</param>
    public RollupSql(Site site, DateOnly day, Dimension? dimension)
    {
        var plan = ReportPlan.For(new ReportQuery
        {
            Site = site,
            Metrics = [Metrics.Find("events")!],
            Dimensions = dimension is null ? [] : [dimension],
            Range = new DateRange(day, day),
            Order = [],
        });
        _dimension = dimension;
        _dimensions = new DimensionSql(plan, Parameters);
        _measures = new MeasureSql(plan, Parameters, _ => "");
        _site = Parameters.Add(site.Id);
        _from = Parameters.Add(plan.Range.From);
        _to = Parameters.Add(plan.Range.To);
        Start = plan.Range.From;
    }

    public SqlParameters Parameters { get; } = new();

    /// <summary>Where the day begins, UTC.</summary>
    public DateTime Start { get; }

    bool IsOfVisit => _dimension?.Scope == DimensionScope.Visit;

    /// <summary>
    /// A row a value: the sums over events; five sums over the visits that began on the day (of hours: in the hour); the same over the others; whether a
    /// visit is of a visitor known for a day, or for longer; and the visitors.
    /// </summary>
    public string Rows()
    {
        var began = _dimension is { IsTime: true } time
            ? $"v.started_at >= {_from} AND {_dimensions.Bucket(time, "v.started_at")} = g.value"
            : $"v.started_at >= {_from}";
        return $"""
            WITH {Visits()},
            {Groups()}
            SELECT {Value} AS value, {string.Join(", ", Sums.Select((_, index) => $"CAST(sum(g.s{index}) AS BIGINT)"))},
                {VisitSums("began")},
                {VisitSums("NOT began")},
                bool_or(identity = 0), bool_or(identity > 0), list(DISTINCT visitor)
            FROM (SELECT g.*, v.* EXCLUDE (visit), {began} AS began FROM g JOIN v ON v.visit = g.unit) g
            GROUP BY 1
            """;
    }

    /// <summary>When the earliest began of the visits that reach into the day; null when none does.</summary>
    public string Earliest() => $"""
        SELECT min(x.started_at) FROM visits_all x
        WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_from} AND x.bot IS NULL
        """;

    /// <summary>
    /// A row for each value and visit that began on an earlier day: the value, when the visit began, when it last had an event of the value before the
    /// day, and what the visit is.
    /// </summary>
    /// <param name="earliest">When the first of them began.</param>
    public string Carried(DateTime earliest)
    {
        var sameValue = _dimension is null || IsOfVisit ? "" : " AND p.value = g.value";
        return $"""
            WITH {Visits()},
            {Groups()},
            p AS (
                SELECT {Keys("e.visit AS unit")}, max(e.occurred_at) AS seen FROM events_all e
                WHERE e.site = {_site} AND e.occurred_at >= {Parameters.Add(earliest)} AND e.occurred_at < {_from} AND e.bot IS NULL
                    AND e.visit IN (SELECT visit FROM v WHERE started_at < {_from})
                GROUP BY ALL
            )
            SELECT {Value}, v.started_at, p.seen, v.engaged, v.single_page, v.with_key_event, v.duration
            FROM g JOIN v ON v.visit = g.unit LEFT JOIN p ON p.unit = g.unit{sameValue}
            WHERE v.started_at < {_from}
            """;
    }

    string Value => _dimension is null ? "''" : IsOfVisit ? "d" : "g.value";

    string Visits()
    {
        var looks = Looks.SelectMany(MeasureSql.LooksAt).Select(look => $"{look.Sql} AS {look.Name}");
        var value = IsOfVisit ? $", {_dimensions.OfVisit(_dimension!)} AS d" : "";
        return $"""
            v AS MATERIALIZED (
                SELECT x.visit, x.started_at, x.identity, {string.Join(", ", looks)}{value}
                FROM visits_all x WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to} AND x.bot IS NULL
            )
            """;
    }

    string Groups() => $"""
        g AS (
            SELECT {Keys("e.visit AS unit")}, any_value(e.visitor) AS visitor,
                {string.Join(",\n        ", Sums.Select((sum, index) => $"{_measures.OverEvents(sum)} AS s{index}"))}
            FROM events_all e WHERE e.site = {_site} AND e.occurred_at >= {_from} AND e.occurred_at < {_to} AND e.bot IS NULL
            GROUP BY ALL
        )
        """;

    string Keys(string unit) => _dimension is null || IsOfVisit ? unit : $"{unit}, {_dimensions.Direct(_dimension)} AS value";

    /// <param name="which">The condition of the visits that are counted.</param>
    static string VisitSums(string which) => $"""
        count(*) FILTER (WHERE {which}), count(*) FILTER (WHERE {which} AND engaged), count(*) FILTER (WHERE {which} AND single_page),
            count(*) FILTER (WHERE {which} AND with_key_event), CAST(coalesce(sum(duration) FILTER (WHERE {which}), 0) AS BIGINT)
        """;
}
