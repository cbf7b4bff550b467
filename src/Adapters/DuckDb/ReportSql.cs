using System.Globalization;
using System.Text;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Renders a plan as one statement, and so over one snapshot of the warehouse. It reads events once, grouped by the events' dimensions and the
/// visit (or visitor); then joins each visit once, not once an event; then groups by all dimensions. Totals are counted anew from the same groups.
/// <c>e</c> are the groups of events, <c>v</c> the visits, <c>f</c> the visitors' first times, <c>r</c> the rows, <c>t</c> the totals.
/// </summary>
public sealed class ReportSql
{
    readonly ReportPlan _plan;
    readonly ReportQuery _query;
    readonly SqlParameters _parameters = new();
    readonly MeasureSql _rowMeasures;
    readonly MeasureSql _totalMeasures;
    readonly StringBuilder _sql = new();
    readonly string _site;
    readonly string _from;
    readonly string _to;

    ReportSql(ReportPlan plan)
    {
        (_plan, _query) = (plan, plan.Query);
        _rowMeasures = new MeasureSql(plan, _parameters, InBucket);
        _totalMeasures = new MeasureSql(plan, _parameters, _ => "");
        _site = _parameters.Add(_query.Site.Id);
        _from = _parameters.Add(plan.Range.From);
        _to = _parameters.Add(plan.Range.To);
    }

    /// <param name="only">For a comparison: the values of each dimension, by its place, outside of which no row is wanted. Null wants a page.</param>
    public static RenderedReport Render(ReportPlan plan, IReadOnlyDictionary<int, IReadOnlyList<string>>? only)
    {
        var report = new ReportSql(plan);
        report.WriteVisits();
        report.WriteEvents();
        report.WriteRows();
        report.WriteTotals();
        report.WriteAnswer(only);
        return new RenderedReport(report._sql.ToString(), report._parameters);
    }

    // One WITH, of up to five parts; each names only those before it.

    void WriteVisits()
    {
        _sql.Append("WITH ");
        if (!_plan.NeedsVisits)
            return;
        if (_plan.NeedsFirstSeen)
        {
            _sql.Append(CultureInfo.InvariantCulture, $"""
                f AS MATERIALIZED (
                    SELECT x.visitor, min(x.started_at) AS first_seen
                    FROM visits_all x
                    WHERE x.site = {_site} AND x.started_at < {_to}{People("x")}
                    GROUP BY x.visitor
                ),

                """);
        }
        List<string> columns =
        [
            "x.visit", "x.started_at", "x.engagement_ms",
            "epoch_us(x.ended_at) - epoch_us(x.started_at) AS duration",
            "x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2 AS engaged",
            "x.pageviews = 1 AND x.interactions = 0 AS single_page",
            "x.key_events > 0 AS with_key_event",
            .. _plan.NeedsFirstSeen ? ["f.first_seen"] : Array.Empty<string>(),
            .. Places(DimensionScope.Visit).Select(place => $"{VisitText(place.Dimension)} AS d{place.Index}"),
            .. MixedColumns().Select((dimension, index) => $"{VisitText(dimension)} AS x{index}"),
        ];
        var filter = new FilterSql(VisitText, dimension => "x." + dimension.Field, _parameters);
        var conditions = _plan.VisitFilters.Select(part => "\n        AND " + filter.Render(part));
        _sql.Append(CultureInfo.InvariantCulture, $"""
            v AS MATERIALIZED (
                SELECT {string.Join(",\n        ", columns)}
                FROM visits_all x{(_plan.NeedsFirstSeen ? " JOIN f ON f.visitor = x.visitor" : "")}
                WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to}{People("x")}{string.Concat(conditions)}
            ),

            """);
    }

    void WriteEvents()
    {
        var dimensions = Places(DimensionScope.Event).ToList();
        List<string> columns = [.. dimensions.Select(place => $"{EventKey(place.Dimension)} AS d{place.Index}")];
        List<string> keys = [.. dimensions.Select(place => $"d{place.Index}")];
        if (_plan.Unit != CountedUnit.None)
        {
            columns.Add(_plan.Unit == CountedUnit.Visit ? "e.visit AS unit, any_value(e.visitor) AS visitor" : "e.visitor AS unit");
            keys.Add("unit");
        }
        columns.AddRange(_plan.Leaves.Where(MeasureSql.IsOverEvents)
            .Select(leaf => $"{_rowMeasures.OverEvents(leaf)} AS s{_rowMeasures.IndexOf(leaf)}"));
        var filter = new FilterSql(EventText, dimension => "e." + dimension.Field, _parameters);
        var mixed = MixedColumns();
        var both = new FilterSql(
            dimension => dimension.Scope == DimensionScope.Visit ? $"v.x{mixed.IndexOf(dimension)}" : EventText(dimension),
            dimension => dimension.Scope == DimensionScope.Visit ? $"v.x{mixed.IndexOf(dimension)}" : "e." + dimension.Field,
            _parameters);
        var conditions = _plan.EventFilters.Select(filter.Render).Concat(_plan.MixedFilters.Select(both.Render))
            .Select(condition => "\n        AND " + condition);
        var join = _plan.MixedFilters.Count + _plan.VisitFilters.Count > 0 ? " JOIN v ON v.visit = e.visit" : "";
        _sql.Append(CultureInfo.InvariantCulture, $"""
            e AS MATERIALIZED (
                SELECT {string.Join(",\n        ", columns)}
                FROM events_all e{join}
                WHERE e.site = {_site} AND e.occurred_at >= {_from} AND e.occurred_at < {_to}{People("e")}{string.Concat(conditions)}
                {(keys.Count > 0 ? "GROUP BY " + string.Join(", ", keys) : "")}
            )
            """);
    }

    void WriteRows()
    {
        if (_query.Dimensions.Count == 0)
            return;
        var values = _query.Dimensions.Index().Select(place => $"{RowValue(place.Index, place.Item)} AS d{place.Index}");
        var keys = Enumerable.Range(1, _query.Dimensions.Count).Select(number => number.ToString(CultureInfo.InvariantCulture));
        _sql.Append(CultureInfo.InvariantCulture, $"""
            ,
            r AS MATERIALIZED (
                SELECT {string.Join(", ", values)},
                    {Sums(_rowMeasures)}
                FROM e{VisitJoin}
                GROUP BY {string.Join(", ", keys)}
            )
            """);
    }

    void WriteTotals()
    {
        var sums = _plan.Leaves.Where(MeasureSql.IsOverEvents).Select(leaf => $"sum(s{_rowMeasures.IndexOf(leaf)}) AS s{_rowMeasures.IndexOf(leaf)}");
        var visitor = _plan.Unit == CountedUnit.Visit ? ["any_value(visitor) AS visitor"] : Array.Empty<string>();
        // A visit stands in one group for each value of the events' dimensions: for the totals it counts once.
        var units = _plan.Unit != CountedUnit.None && Places(DimensionScope.Event).Any()
            ? $"(SELECT {string.Join(", ", ["unit", .. visitor, .. sums])} FROM e GROUP BY unit) e"
            : "e";
        _sql.Append(CultureInfo.InvariantCulture, $"""
            ,
            t AS (
                SELECT {Sums(_totalMeasures)}
                FROM {units}{VisitJoin}
            )

            """);
    }

    void WriteAnswer(IReadOnlyDictionary<int, IReadOnlyList<string>>? only)
    {
        var metrics = string.Join(", ", _query.Metrics.Select((metric, index) => $"{_rowMeasures.OverSums(metric.Measure)} AS m{index}"));
        var dimensions = _query.Dimensions.Select((_, index) => $"d{index}").ToList();
        if (dimensions.Count > 0)
        {
            var order = Order();
            _sql.Append(CultureInfo.InvariantCulture, $"""
                SELECT * FROM (
                (SELECT 0 AS kind, {string.Join(", ", dimensions)}, {metrics},
                    NULL AS row_count, NULL AS daily, NULL AS lasting, NULL AS complete_until
                FROM r{Only(only)}
                ORDER BY {order}{(only is null ? Page() : "")})
                UNION ALL

                """);
        }
        var count = dimensions.Count > 0 ? "(SELECT count(*) FROM r)" : "CAST(1 AS BIGINT)";
        _sql.Append(CultureInfo.InvariantCulture, $"""
            (SELECT 1 AS kind, {string.Concat(dimensions.Select(name => $"NULL AS {name}, "))}{metrics},
                {count} AS row_count, {Identity("x.identity = 0")} AS daily, {Identity("x.identity > 0")} AS lasting,
                (SELECT min(complete_until) FROM warehouse_state) AS complete_until
            FROM t)
            """);
        if (dimensions.Count > 0)
            _sql.Append(CultureInfo.InvariantCulture, $"\n) ORDER BY kind, {Order()}");
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
        var conditions = only.Select(pair => $"d{pair.Key} IN (SELECT unnest(CAST({_parameters.Add(pair.Value.ToList())} AS VARCHAR[])))");
        return " WHERE " + string.Join(" AND ", conditions);
    }

    string Identity(string condition) => _plan.Leaves.Any(leaf => leaf is Measure.CountVisitors)
        ? $"(SELECT bool_or({condition}) FROM visits_all x WHERE x.site = {_site} AND x.ended_at >= {_from} AND x.started_at < {_to}{People("x")})"
        : "CAST(NULL AS BOOLEAN)";

    string Sums(MeasureSql measures) => string.Join(",\n        ", _plan.Leaves.Select((leaf, index) => $"{measures.OverUnits(leaf)} AS c{index}"));

    string VisitJoin => _plan.NeedsVisits ? " JOIN v ON v.visit = e.unit" : "";

    string People(string alias) => _plan.IncludesBots ? "" : $" AND {alias}.bot IS NULL";

    /// <summary>For a row of dimensions of time: that a time of the visit lies in the row's bucket.</summary>
    string InBucket(string column) => string.Concat(_query.Dimensions.Index().Where(place => place.Item.IsTime)
        .Select(place => $" AND {TimeSql.Bucket(place.Item.Kind, column, _plan.Offsets, _parameters)} = e.d{place.Index}"));

    IEnumerable<(int Index, Dimension Dimension)> Places(DimensionScope scope) =>
        _query.Dimensions.Index().Where(place => place.Item.Scope == scope).Select(place => (place.Index, place.Item));

    /// <summary>The visits' dimensions that a filter compares together with the events'.</summary>
    List<Dimension> MixedColumns() => [.. _plan.MixedFilters.SelectMany(filter => filter.Tests()).Select(test => test.Dimension)
        .Where(dimension => dimension.Scope == DimensionScope.Visit).Distinct()];

    string VisitText(Dimension dimension) => dimension.Kind == DimensionKind.NewOrReturning
        ? $"CASE WHEN f.first_seen >= {_from} THEN 'new' ELSE 'returning' END"
        : Shown("x." + dimension.Field, dimension.Missing);

    string EventRaw(Dimension dimension) => dimension.Kind switch
    {
        DimensionKind.Text => "e." + dimension.Field,
        DimensionKind.Property => $"json_extract_string(e.props, {_parameters.Add(PointerTo(dimension.Field))})",
        _ => TimeSql.Bucket(dimension.Kind, "e.occurred_at", _plan.Offsets, _parameters),
    };

    /// <summary>Null and empty are one value already here: else a visit that has both would stand twice in one row.</summary>
    string EventKey(Dimension dimension) => dimension.Missing == MissingValue.Null ? $"coalesce({EventRaw(dimension)}, '')" : EventRaw(dimension);

    string EventText(Dimension dimension) => dimension.IsTime
        ? TimeSql.Label(dimension.Kind, EventRaw(dimension))
        : Shown(EventRaw(dimension), dimension.Missing);

    string RowValue(int index, Dimension dimension) => dimension switch
    {
        { Scope: DimensionScope.Visit } => $"v.d{index}",
        { IsTime: true } => $"e.d{index}",
        { Missing: MissingValue.Never } => $"e.d{index}",
        _ => Shown($"e.d{index}", MissingValue.Empty),
    };

    string Shown(string column, MissingValue missing) => missing switch
    {
        MissingValue.Never => column,
        _ => $"coalesce(nullif({column}, ''), {_parameters.Add(Labels.NotSet)})",
    };

    static string PointerTo(string property) =>
        "/" + property.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
}
