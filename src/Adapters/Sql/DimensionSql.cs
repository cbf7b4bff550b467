using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>Dimensions as SQL: <c>x</c> is a row of visits, <c>e</c> of events, <c>v</c> a visit prepared, <c>j</c> a group that is counted.</summary>
public sealed class DimensionSql
{
    readonly ReportPlan _plan;
    readonly SqlParameters _parameters;

    public DimensionSql(ReportPlan plan, SqlParameters parameters)
    {
        (_plan, _parameters) = (plan, parameters);
        Mixed = [.. plan.MixedFilters.SelectMany(filter => filter.Tests()).Select(test => test.Dimension)
            .Where(dimension => dimension.Scope == DimensionScope.Visit).Distinct()];
        OnVisits = new FilterSql(OfVisit, dimension => "x." + dimension.Field, parameters);
        OnEvents = new FilterSql(Shown, dimension => "e." + dimension.Field, parameters);
        OnBoth = new FilterSql(
            dimension => dimension.Scope == DimensionScope.Visit ? Prepared(dimension) : Shown(dimension),
            dimension => dimension.Scope == DimensionScope.Visit ? Prepared(dimension) : "e." + dimension.Field,
            parameters);
    }

    /// <summary>The visits' dimensions that a filter compares together with the events'; prepared visits have them as <c>x0</c>, <c>x1</c> ….</summary>
    public IReadOnlyList<Dimension> Mixed { get; }

    public FilterSql OnVisits { get; }

    public FilterSql OnEvents { get; }

    public FilterSql OnBoth { get; }

    /// <summary>A visit's dimension as reports show it.</summary>
    public string OfVisit(Dimension dimension) => dimension.Kind == DimensionKind.NewOrReturning
        ? $"CASE WHEN f.first_seen >= {_parameters.Add(_plan.Range.From)} THEN 'new' ELSE 'returning' END"
        : OrNotSet("x." + dimension.Field, dimension.Missing);

    /// <summary>What events are grouped by. Null and empty are one value already here: else a visit that has both would stand twice in one row.</summary>
    public string Key(Dimension dimension) => dimension.Missing == MissingValue.Null ? $"coalesce({Raw(dimension)}, '')" : Raw(dimension);

    /// <summary>An event's dimension as reports show it, time included.</summary>
    public string Shown(Dimension dimension) => dimension.IsTime
        ? TimeSql.Label(dimension.Kind, Raw(dimension), _parameters.Dialect)
        : OrNotSet(Raw(dimension), dimension.Missing);

    /// <summary>A dimension of a group as reports show it; time as its bucket.</summary>
    public string Row(int index, Dimension dimension) => dimension.IsTime || dimension.Scope == DimensionScope.Visit
        ? $"j.d{index}"
        : OrNotSet($"j.d{index}", dimension.Missing == MissingValue.Null ? MissingValue.Empty : dimension.Missing);

    public string Bucket(Dimension dimension, string column) => TimeSql.Bucket(dimension.Kind, column, _plan.Offsets, _parameters);

    /// <summary>An event's dimension as the rows of a report without groups hold it: time as its bucket.</summary>
    public string Direct(Dimension dimension) => dimension.IsTime ? Raw(dimension) : Shown(dimension);

    string Prepared(Dimension dimension) => $"v.x{Mixed.Index().First(pair => pair.Item == dimension).Index}";

    string Raw(Dimension dimension) => dimension.Kind switch
    {
        DimensionKind.Text => "e." + dimension.Field,
        DimensionKind.Property => _parameters.Dialect.Property("e.props", dimension.Field, _parameters),
        DimensionKind.PropertyNames => _parameters.Dialect.PropertyNames("e.props"),
        _ => Bucket(dimension, "e.occurred_at"),
    };

    string OrNotSet(string column, MissingValue missing) =>
        missing == MissingValue.Never ? column : $"coalesce(nullif({column}, ''), {_parameters.Add(Labels.NotSet)})";
}
