using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.Sql;

/// <summary>
/// Renders what a rollup holds of one local day: of all dimensions of visits, and the day as a whole, in one statement, and of all dimensions of events in
/// another. As in a report, <c>v</c> is the visits of the day and <c>g</c> its events by value and visit, so that each visit is looked at once a value. A row
/// has a column <c>d0</c>, <c>d1</c> … for each dimension, of which one is not null, and none in the row of the day as a whole.
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

    readonly IReadOnlyList<Dimension> _by;
    readonly IReadOnlyList<(string Sql, string Name)> _looks;
    readonly DimensionScope _scope;
    readonly DimensionSql _dimensions;
    readonly MeasureSql _measures;
    readonly string _site;
    readonly string _from;
    readonly string _to;

    /// <param name="by">Dimensions of one scope; may be none when it is that of visits.</param>
    public RollupSql(Site site, DateOnly day, DimensionScope scope, IReadOnlyList<Dimension> by, SqlDialect dialect)
    {
        Parameters = new SqlParameters(dialect);
        var plan = ReportPlan.For(new ReportQuery
        {
            Site = site,
            Metrics = [Metrics.Find("events")!],
            Dimensions = by,
            Range = new DateRange(day, day),
            Order = [],
        });
        (_by, _scope) = (by, scope);
        _dimensions = new DimensionSql(plan, Parameters);
        _measures = new MeasureSql(plan, Parameters, _ => "");
        _looks = [.. Looks.SelectMany(_measures.LooksAt)];
        _site = Parameters.Add(site.Id);
        _from = Parameters.Add(plan.Range.From);
        _to = Parameters.Add(plan.Range.To);
    }

    public SqlParameters Parameters { get; }

    bool IsOfVisits => _scope == DimensionScope.Visit;

    IEnumerable<string> Names => _by.Select((_, index) => $"d{index}");

    /// <summary>
    /// The dimensions; nine sums over events; five over the visits that began on the day (of hours: in the hour); the same five over the others; whether a visit
    /// is of a visitor known for a day, or for longer; and the visitors.
    /// </summary>
    public string Rows() => $"""
        WITH {Visits()},
        g AS (
            {Groups("")}
        )
        SELECT {Listed(Names)}{string.Join(", ", Sums.Select((_, index) => $"CAST(sum(s{index}) AS BIGINT)"))},
            {VisitSums("began")},
            {VisitSums("NOT began")},
            bool_or(identity = 0), bool_or(identity > 0), {Parameters.Dialect.Distinct("visitor")}
        FROM (SELECT g.*, {OfVisits()}, {Began()} AS began FROM g JOIN v ON v.visit = g.unit)
        GROUP BY {RowKeys()}
        HAVING count(*) > 0
        """;

    /// <summary>When the earliest began of the visits that reach into the day; null when none does.</summary>
    public string Earliest() => $"""
        SELECT min(x.started_at) FROM visits_all x
        WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_from} AND x.bot IS NULL
        """;

    /// <summary>
    /// A row for each visit that began on an earlier day, and of dimensions of events for each of its values: the dimensions, when the visit began, when it
    /// last had an event of the value before the day, and what the visit is.
    /// </summary>
    /// <param name="earliest">When the first of them began.</param>
    public string Carried(DateTime earliest)
    {
        var began = $" AND e.visit IN (SELECT visit FROM v WHERE started_at < {_from})";
        var same = IsOfVisits ? "" : string.Concat(Names.Select(name => $" AND p.{name} IS NOT DISTINCT FROM g.{name}"));
        var keys = IsOfVisits ? "" : string.Concat(Names.Select(name => $"g.{name}, "));
        return $"""
            WITH {Visits()},
            g AS (
                {Groups(began)}
            ),
            p AS (
                SELECT {Keys()}, max(e.occurred_at) AS seen FROM events_all e
                WHERE e.site = {_site} AND e.occurred_at >= {Parameters.Add(earliest)} AND e.occurred_at < {_from} AND e.bot IS NULL{began}
                GROUP BY {Sets()}
            )
            SELECT {(IsOfVisits ? Listed(Names) : keys)}v.started_at, p.seen, v.engaged, v.single_page, v.with_key_event, v.duration
            FROM g JOIN v ON v.visit = g.unit LEFT JOIN p ON p.unit = g.unit{same}
            """;
    }

    string Began() => _by.Index().Where(place => place.Item.IsTime).Select(place =>
            $"v.started_at >= {_from} AND (g.d{place.Index} IS NULL OR {_dimensions.Bucket(place.Item, "v.started_at")} = g.d{place.Index})")
        .FirstOrDefault($"v.started_at >= {_from}");

    string Visits()
    {
        var looks = _looks.Select(look => $", {look.Sql} AS {look.Name}");
        var values = IsOfVisits ? _by.Select((dimension, index) => $", {_dimensions.OfVisit(dimension)} AS d{index}") : [];
        return $"""
            v {Parameters.Dialect.As(kept: true)} (
                SELECT x.visit, x.started_at, x.identity{string.Concat(looks)}{string.Concat(values)}
                FROM visits_all x WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to} AND x.bot IS NULL
            )
            """;
    }

    string OfVisits() => string.Join(", ", _looks.Select(look => look.Name)
        .Concat(["started_at", "identity"]).Concat(IsOfVisits ? Names : []).Select(name => "v." + name));

    string Groups(string condition) => $"""
        SELECT {Keys()}, any_value(e.visitor) AS visitor,
                {string.Join(",\n        ", Sums.Select((sum, index) => $"{_measures.OverEvents(sum)} AS s{index}"))}
            FROM events_all e WHERE e.site = {_site} AND e.occurred_at >= {_from} AND e.occurred_at < {_to} AND e.bot IS NULL{condition}
            GROUP BY {Sets()}
        """;

    string Keys() => "e.visit AS unit" + (IsOfVisits ? "" : string.Concat(_by.Select((dimension, index) => $", {_dimensions.Direct(dimension)} AS d{index}")));

    string Sets() => IsOfVisits ? "unit" : $"GROUPING SETS ({string.Join(", ", Names.Select(name => $"(unit, {name})"))})";

    /// <summary>The events are grouped by one dimension at a time already; the visits are not, and once more as a whole.</summary>
    string RowKeys() => IsOfVisits
        ? $"GROUPING SETS ({string.Join(", ", Names.Select(name => $"({name})").Append("()"))})"
        : string.Join(", ", Names);

    static string Listed(IEnumerable<string> names) => string.Concat(names.Select(name => name + ", "));

    /// <param name="which">The condition of the visits that are counted.</param>
    static string VisitSums(string which) => $"""
        count(*) FILTER (WHERE {which}), count(*) FILTER (WHERE {which} AND engaged), count(*) FILTER (WHERE {which} AND single_page),
            count(*) FILTER (WHERE {which} AND with_key_event), CAST(coalesce(sum(duration) FILTER (WHERE {which}), 0) AS BIGINT)
        """;
}
