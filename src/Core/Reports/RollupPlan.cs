namespace Footfall.Core.Reports;

/// <summary>How a question is answered from rollups, decided once for every store.</summary>
public sealed record RollupPlan
{
    public required ReportQuery Query { get; init; }

    /// <summary>The dimension whose slices the rows are made of; null for the days as wholes.</summary>
    public required Dimension? Dimension { get; init; }

    /// <summary>The only values of it that are counted; null for all.</summary>
    public required IReadOnlySet<string>? Values { get; init; }

    /// <summary>Whether distinct visitors are counted.</summary>
    public required bool CountsVisitors { get; init; }

    /// <summary>Whether the rows are the values of the dimension; else they are buckets of time, or there is one.</summary>
    public bool RowsAreValues => Query.Dimensions is [var only] && only == Dimension;

    /// <summary>
    /// The plan of a question that rollups can answer: sums, visits and distinct visitors of whole local days, by nothing, by a dimension that rollups
    /// have, or by time, and narrowed at most to values of that one dimension. Null sends the question to the engine.
    /// </summary>
    public static RollupPlan? For(ReportQuery query)
    {
        if (!TryNarrow(query.Filter, out var test) || query.Dimensions.Count > 1)
            return null;
        var by = query.Dimensions is [var only] ? only : null;
        if (by is not null && !RollupDimensions.Has(by) && by.Kind is not (DimensionKind.Day or DimensionKind.Week or DimensionKind.Month))
            return null;
        var rolled = by is not null && RollupDimensions.Has(by) ? by : test?.Dimension;
        if (test is not null && (test.Dimension != rolled || !RollupDimensions.Has(test.Dimension) || test.Dimension.IsTime))
            return null;
        // A visit has one value of its own dimensions, so that their rows add up; of an event's it can have several, and would count in each.
        if (test is { Values.Count: > 1, Dimension.Scope: DimensionScope.Event })
            return null;
        var leaves = query.Metrics.SelectMany(metric => metric.Measure.Leaves()).Distinct().ToList();
        if (!leaves.All(RollupTally.Knows) || !LocalTime.DaysOnlyGrow(LocalTime.Offsets(query.Site.Zone, query.Range.In(query.Site.Zone))))
            return null;
        return new RollupPlan
        {
            Query = query,
            Dimension = rolled,
            Values = test?.Values.ToHashSet(StringComparer.Ordinal),
            CountsVisitors = leaves.Any(leaf => leaf is Measure.CountVisitors),
        };
    }

    /// <summary>Whether a filter is none, or one test for values.</summary>
    static bool TryNarrow(Filter? filter, out Filter.Test? test)
    {
        if (filter is Filter.And { Of: [var only] })
            return TryNarrow(only, out test);
        test = filter as Filter.Test;
        return filter is null or Filter.Test { Operator: FilterOperator.Is or FilterOperator.In, IgnoreCase: false };
    }
}
