using System.Globalization;
using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>
/// Renders a plan as one statement, and so over one snapshot of the warehouse. Its parts, each reading only those before it: <c>f</c> visitors' first
/// times; <c>v</c> visits; <c>e</c> events grouped by their own dimensions and the visit; <c>j</c> the groups that are counted, each with what is
/// needed of its visit, which is joined once and not once an event; <c>r</c> rows; <c>t</c> totals, counted anew from the same groups.
/// </summary>
public sealed class ReportSql
{
    readonly ReportPlan _plan;
    readonly ReportQuery _query;
    readonly SqlParameters _parameters;
    readonly DimensionSql _dimensions;
    readonly MeasureSql _rowMeasures;
    readonly MeasureSql _totalMeasures;
    readonly List<string> _parts = [];
    readonly List<string> _sums;
    readonly List<(string Sql, string Name)> _looks;
    readonly string _site;
    readonly string _from;
    readonly string _to;

    ReportSql(ReportPlan plan, SqlDialect dialect)
    {
        (_plan, _query, _parameters) = (plan, plan.Query, new SqlParameters(dialect));
        _dimensions = new DimensionSql(plan, _parameters);
        _rowMeasures = new MeasureSql(plan, _parameters, InBucket);
        _totalMeasures = new MeasureSql(plan, _parameters, _ => "");
        _sums = [.. SumLeaves.Select(leaf => $"s{_rowMeasures.IndexOf(leaf)}")];
        _looks = [.. plan.Leaves.SelectMany(_rowMeasures.LooksAt).Distinct()];
        _site = _parameters.Add(_query.Site.Id);
        _from = _parameters.Add(plan.Range.From);
        _to = _parameters.Add(plan.Range.To);
    }

    /// <param name="only">For a comparison: the values of each dimension, by its place, outside of which no row is wanted. Null wants a page.</param>
    public static RenderedReport Render(ReportPlan plan, IReadOnlyDictionary<int, IReadOnlyList<string>>? only, SqlDialect dialect)
    {
        var report = new ReportSql(plan, dialect);
        if (plan.NeedsVisits)
            report.AddVisits();
        if (plan.FromVisits)
            report.AddGroupsFromVisits();
        else if (plan.Unit != CountedUnit.Visitor)
            report.AddGroupsFromEvents();
        report.AddRowsAndTotals();
        var sql = $"WITH {string.Join(",\n", report._parts)}\n{report.Answer(only)}";
        return new RenderedReport(sql, report._parameters);
    }

    IEnumerable<Measure> SumLeaves => _plan.Leaves.Where(MeasureSql.IsOverEvents);

    void AddVisits()
    {
        if (_plan.NeedsFirstSeen)
        {
            Add("f", kept: true, $"""
                SELECT x.visitor, min(x.started_at) AS first_seen
                FROM visits_all x
                WHERE x.site = {_site} AND x.started_at < {_to}{People("x")}
                GROUP BY x.visitor
                """);
        }
        List<string> columns =
        [
            "x.visit",
            .. _looks.Select(look => $"{look.Sql} AS {look.Name}"),
            .. Places(DimensionScope.Visit).Select(place => $"{_dimensions.OfVisit(place.Dimension)} AS d{place.Index}"),
            .. _dimensions.Mixed.Select((dimension, index) => $"{_dimensions.OfVisit(dimension)} AS x{index}"),
        ];
        if (CountsVisitors)
            columns.Add("x.identity");
        if (_plan.FromVisits)
        {
            columns.Add("x.visitor");
            columns.AddRange(SumLeaves.Zip(_sums).Select(pair => $"{MeasureSql.OfVisit(pair.First)} AS {pair.Second}"));
            columns.AddRange(Places(DimensionScope.Event).Select(place => $"{_dimensions.Bucket(place.Dimension, "x.started_at")} AS d{place.Index}"));
            columns.Add($"{InOneRow()} AS in_one_row");
            columns.Add($"x.started_at < {_from} AS begun_before");
        }
        var filters = _plan.VisitFilters.Select(_dimensions.OnVisits.Render);
        Add("v", Kept, $"""
            SELECT {Lines(columns)}
            FROM visits_all x{(_plan.NeedsFirstSeen ? " JOIN f ON f.visitor = x.visitor" : "")}
            WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to}{People("x")}{Also(filters)}
            """);
    }

    /// <summary>All of a visit's events are in one row: it neither leaves the range nor its buckets.</summary>
    string InOneRow()
    {
        List<string> conditions = [$"x.started_at >= {_from}", $"x.ended_at < {_to}"];
        foreach (var (_, dimension) in Places(DimensionScope.Event))
        {
            conditions.Add($"{_dimensions.Bucket(dimension, "x.started_at")} = {_dimensions.Bucket(dimension, "x.ended_at")}");
            // A visit can come back to the same hour of the day, or day of the week, and have been in others in between.
            if (!dimension.IsTimeline)
                conditions.Add("x.ended_at < x.started_at + INTERVAL 1 HOUR");
        }
        return string.Join(" AND ", conditions);
    }

    void AddGroupsFromVisits()
    {
        var visits = Places(DimensionScope.Visit).Select(place => $"v.d{place.Index}").ToList();
        var times = Places(DimensionScope.Event).Select(place => $"d{place.Index}").ToList();
        var looks = _looks.Select(look => "v." + look.Name).ToList();
        List<string> whole = ["v.visit AS unit", "v.visitor", .. times.Select(name => "v." + name), .. visits, .. _sums.Select(name => "v." + name), .. looks];
        List<string> cut = ["e.unit", "v.visitor", .. times.Select(name => "e." + name), .. visits, .. _sums.Select(name => "e." + name), .. looks];
        // Without buckets only the visits over the two ends of the range are cut. Apart, each has visits of one short time, and an engine skips the
        // row groups of events in between.
        string[] cuts = times.Count > 0 ? ["NOT in_one_row"] : ["NOT in_one_row AND begun_before", "NOT in_one_row AND NOT begun_before"];
        var branches = cuts.Select(condition => $"""
            SELECT {string.Join(", ", cut)}, false AS in_one_row
            FROM ({EventGroups($" AND e.visit IN (SELECT visit FROM v WHERE {condition})")}) e JOIN v ON v.visit = e.unit
            """);
        Add("j", Kept, $"""
            SELECT {string.Join(", ", whole)}, true AS in_one_row FROM v WHERE v.in_one_row
            UNION ALL
            {string.Join("\nUNION ALL\n", branches)}
            """);
    }

    void AddGroupsFromEvents()
    {
        if (!_plan.NeedsVisits)
        {
            Add("j", Kept, EventGroups(""));
            return;
        }
        // A filter on visits first narrows the events that are grouped; without one every event passes, and the join would be for nothing.
        Add("e", kept: false, EventGroups(_plan.VisitFilters.Count > 0 ? " AND e.visit IN (SELECT visit FROM v)" : ""));
        List<string> columns = ["e.*", .. _looks.Select(look => "v." + look.Name), .. Places(DimensionScope.Visit).Select(place => $"v.d{place.Index}")];
        Add("j", Kept, $"SELECT {string.Join(", ", columns)} FROM e JOIN v ON v.visit = e.unit");
    }

    /// <summary>The events of the range by the events' dimensions and the visit, with the sums over them.</summary>
    string EventGroups(string condition)
    {
        var places = Places(DimensionScope.Event).ToList();
        List<string> columns = [.. places.Select(place => $"{_dimensions.Key(place.Dimension)} AS d{place.Index}")];
        List<string> keys = [.. places.Select(place => $"d{place.Index}")];
        if (_plan.Unit == CountedUnit.Visit)
        {
            columns.Add("e.visit AS unit, any_value(e.visitor) AS visitor");
            keys.Add("unit");
        }
        columns.AddRange(SumLeaves.Zip(_sums).Select(pair => $"{_rowMeasures.OverEvents(pair.First)} AS {pair.Second}"));
        return $"SELECT {Lines(columns)}\n{Events(condition)}{(keys.Count > 0 ? "\nGROUP BY " + string.Join(", ", keys) : "")}";
    }

    string Events(string condition)
    {
        var filters = _plan.EventFilters.Select(_dimensions.OnEvents.Render).Concat(_plan.MixedFilters.Select(_dimensions.OnBoth.Render));
        var join = _plan.MixedFilters.Count > 0 ? " JOIN v ON v.visit = e.visit" : "";
        return $"""
            FROM events_all e{join}
            WHERE e.site = {_site} AND e.occurred_at >= {_from} AND e.occurred_at < {_to}{People("e")}{Also(filters)}{condition}
            """;
    }

    void AddRowsAndTotals()
    {
        var direct = _plan.Unit == CountedUnit.Visitor;
        var source = direct ? Events("") : "FROM j";
        if (_query.Dimensions.Count > 0)
        {
            var values = _query.Dimensions.Index().Select(place =>
                $"{(direct ? _dimensions.Direct(place.Item) : _dimensions.Row(place.Index, place.Item))} AS d{place.Index}");
            var keys = Enumerable.Range(1, _query.Dimensions.Count).Select(number => number.ToString(CultureInfo.InvariantCulture));
            Add("r", kept: true, $"SELECT {string.Join(", ", values)},\n    {Sums(_rowMeasures, direct)}\n{source}\nGROUP BY {string.Join(", ", keys)}");
        }
        var once = _plan.Unit != CountedUnit.Visit || !Places(DimensionScope.Event).Any() ? source : OncePerVisit();
        Add("t", kept: false, $"SELECT {Sums(_totalMeasures, direct)}\n{once}");
    }

    /// <summary>A visit stands in one group for each value of the events' dimensions; for the totals it counts once.</summary>
    string OncePerVisit()
    {
        var looks = _looks.Select(look => look.Name).ToList();
        List<string> merged =
            ["unit", "any_value(visitor) AS visitor", .. _sums.Select(name => $"sum({name}) AS {name}"), .. looks.Select(name => $"any_value({name}) AS {name}")];
        List<string> plain = ["unit", "visitor", .. _sums, .. looks];
        return _plan.FromVisits
            ? $"""
                FROM (
                    SELECT {string.Join(", ", plain)} FROM j WHERE in_one_row
                    UNION ALL
                    SELECT {string.Join(", ", merged)} FROM j WHERE NOT in_one_row GROUP BY unit
                ) j
                """
            : $"FROM (SELECT {string.Join(", ", merged)} FROM j GROUP BY unit) j";
    }

    string Answer(IReadOnlyDictionary<int, IReadOnlyList<string>>? only)
    {
        var metrics = string.Join(", ", _query.Metrics.Select((metric, index) => $"{_rowMeasures.OverSums(metric.Measure)} AS m{index}"));
        var names = _query.Dimensions.Select((_, index) => $"d{index}").ToList();
        var totals = $"""
            SELECT 1 AS kind, {string.Concat(names.Select(name => $"NULL AS {name}, "))}{metrics},
                {(names.Count > 0 ? "(SELECT count(*) FROM r)" : "CAST(1 AS BIGINT)")} AS row_count, daily, lasting,
                (SELECT min(complete_until) FROM warehouse_state) AS complete_until
            FROM t, ({Identities()})
            """;
        if (names.Count == 0)
            return totals;
        return $"""
            SELECT * FROM (
            (SELECT 0 AS kind, {string.Join(", ", names)}, {metrics},
                NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
            FROM r{Only(only)}
            ORDER BY {Order()}{(only is null ? Page() : "")})
            UNION ALL
            ({totals})
            ) ORDER BY kind, {Order()}
            """;
    }

    string Page() => _plan.ReturnsAllRows ? "" : $" LIMIT {_parameters.Add(_query.Limit)} OFFSET {_parameters.Add(_query.Offset)}";

    string Order()
    {
        var dimensions = _query.Dimensions.Select(dimension => dimension.Id).ToList();
        var metrics = _query.Metrics.Select(metric => metric.Id).ToList();
        var asked = _query.Order.Select(order =>
        {
            var place = dimensions.IndexOf(order.Column);
            var name = place >= 0 ? $"d{place}" : $"m{metrics.IndexOf(order.Column)}";
            return $"{name} {(order.Descending ? "DESC" : "ASC")} NULLS LAST";
        });
        return string.Join(", ", asked.Concat(dimensions.Select((_, index) => $"d{index}")));
    }

    string Only(IReadOnlyDictionary<int, IReadOnlyList<string>>? only)
    {
        if (only is null or { Count: 0 })
            return "";
        var conditions = only.Select(pair => _parameters.Dialect.IsOneOf($"d{pair.Key}", pair.Value, _parameters));
        return " WHERE " + string.Join(" AND ", conditions);
    }

    bool CountsVisitors => _plan.Leaves.Any(leaf => leaf is Measure.CountVisitors);

    /// <summary>Of all visits of the range, whatever the filters: the identity is the site's way of knowing visitors, not a property of a selection.</summary>
    string Identities()
    {
        if (!CountsVisitors)
            return "SELECT CAST(NULL AS BOOLEAN) AS daily, CAST(NULL AS BOOLEAN) AS lasting";
        var visits = _plan.NeedsVisits && _plan.VisitFilters.Count == 0
            ? "v x"
            : $"visits_all x WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to}{People("x")}";
        return $"SELECT bool_or(x.identity = 0) AS daily, bool_or(x.identity > 0) AS lasting FROM {visits}";
    }

    string Sums(MeasureSql measures, bool direct) =>
        string.Join(",\n    ", _plan.Leaves.Select((leaf, index) => $"{(direct ? measures.OverEvents(leaf) : measures.OverUnits(leaf))} AS c{index}"));

    /// <summary>Rows and totals read the same groups; totals alone read them once.</summary>
    bool Kept => _query.Dimensions.Count > 0;

    string People(string alias) => _plan.IncludesBots ? "" : $" AND {alias}.bot IS NULL";

    /// <summary>For a row of dimensions of time: that a time of the visit lies in the row's bucket.</summary>
    string InBucket(string column) => string.Concat(_query.Dimensions.Index().Where(place => place.Item.IsTime)
        .Select(place => $" AND {_dimensions.Bucket(place.Item, column)} = j.d{place.Index}"));

    IEnumerable<(int Index, Dimension Dimension)> Places(DimensionScope scope) =>
        _query.Dimensions.Index().Where(place => place.Item.Scope == scope).Select(place => (place.Index, place.Item));

    void Add(string name, bool kept, string sql) =>
        _parts.Add($"{name} {_parameters.Dialect.As(kept)} (\n    {sql.ReplaceLineEndings("\n    ")}\n)");

    static string Also(IEnumerable<string> conditions) => string.Concat(conditions.Select(condition => "\n    AND " + condition));

    static string Lines(List<string> columns) => columns.Count == 0 ? "1" : string.Join(",\n    ", columns);
}
