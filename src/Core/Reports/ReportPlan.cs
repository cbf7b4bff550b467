namespace Footfall.Core.Reports;

/// <summary>How a question is answered over one range, decided once for every engine; an engine only renders it.</summary>
public sealed record ReportPlan
{
    public required ReportQuery Query { get; init; }

    public required TimeRange Range { get; init; }

    /// <summary>The clock offsets in the range; empty when no dimension of time is asked for.</summary>
    public required IReadOnlyList<ZoneOffset> Offsets { get; init; }

    /// <summary>Whether bots are counted: only when the question names them.</summary>
    public required bool IncludesBots { get; init; }

    /// <summary>Filters that must all hold and look at an event alone.</summary>
    public required IReadOnlyList<Filter> EventFilters { get; init; }

    /// <summary>Filters that must all hold and look at a visit alone.</summary>
    public required IReadOnlyList<Filter> VisitFilters { get; init; }

    /// <summary>Filters that must all hold and look at an event and its visit together.</summary>
    public required IReadOnlyList<Filter> MixedFilters { get; init; }

    /// <summary>The distinct sums and counts that the metrics are made of.</summary>
    public required IReadOnlyList<Measure> Leaves { get; init; }

    public required CountedUnit Unit { get; init; }

    /// <summary>
    /// Whether the visits' own counts suffice, without a look at events, for each visit that lies within one row: no filter looks at an event, and
    /// every sum is one that visits keep. Visits over the edge of a bucket or of the range are then the only ones whose events are read.
    /// </summary>
    public required bool FromVisits { get; init; }

    /// <summary>Whether anything of the whole visit is needed.</summary>
    public required bool NeedsVisits { get; init; }

    /// <summary>Whether the time of a visitor's first event ever is needed.</summary>
    public required bool NeedsFirstSeen { get; init; }

    /// <summary>Whether all buckets of a series are to be returned: they are completed, ordered and cut afterwards.</summary>
    public bool ReturnsAllRows => Query.Series is not null;

    public static ReportPlan For(ReportQuery query)
    {
        var range = query.Range.In(query.Site.Zone);
        var filters = Conjuncts(query.Filter).ToList();
        var named = query.Dimensions.Concat(filters.SelectMany(filter => filter.Tests()).Select(test => test.Dimension)).ToList();
        var leaves = query.Metrics.SelectMany(metric => metric.Measure.Leaves()).Distinct().ToList();
        var offsets = named.Any(dimension => dimension.IsTime) ? LocalTime.Offsets(query.Site.Zone, range) : [];
        var needsVisits = named.Any(dimension => dimension.Scope == DimensionScope.Visit) || leaves.Any(LooksAtWholeVisits);
        var unit = UnitOf(leaves, needsVisits);
        var fromVisits = filters.All(filter => Scopes(filter) is [DimensionScope.Visit]) && leaves.All(IsKeptByVisits)
            && query.Dimensions.All(dimension => dimension.IsTime || dimension.Scope == DimensionScope.Visit) && LocalTime.DaysOnlyGrow(offsets)
            && (unit != CountedUnit.None || !query.Dimensions.Any(dimension => dimension.IsTime));
        return new ReportPlan
        {
            Query = query,
            Range = range,
            Offsets = offsets,
            IncludesBots = named.Any(dimension => dimension.Id == "bot"),
            EventFilters = [.. filters.Where(filter => Scopes(filter) is [DimensionScope.Event])],
            VisitFilters = [.. filters.Where(filter => Scopes(filter) is [DimensionScope.Visit])],
            MixedFilters = [.. filters.Where(filter => Scopes(filter).Count > 1)],
            Leaves = leaves,
            Unit = fromVisits ? CountedUnit.Visit : unit,
            FromVisits = fromVisits,
            NeedsVisits = needsVisits || fromVisits,
            NeedsFirstSeen = named.Any(dimension => dimension.Kind == DimensionKind.NewOrReturning) || leaves.Any(LooksAtFirstSeen),
        };
    }

    /// <summary>Whether the answer depends on what was before the range: on when visitors were first seen.</summary>
    public static bool LooksBack(ReportQuery query) =>
        query.Metrics.SelectMany(metric => metric.Measure.Leaves()).Any(LooksAtFirstSeen)
        || query.Dimensions.Concat(query.Filter?.Tests().Select(test => test.Dimension) ?? []).Any(dimension => dimension.Kind == DimensionKind.NewOrReturning);

    static IEnumerable<Filter> Conjuncts(Filter? filter) => filter switch
    {
        null => [],
        Filter.And and => and.Of.SelectMany(Conjuncts),
        _ => [filter],
    };

    static List<DimensionScope> Scopes(Filter filter) => [.. filter.Tests().Select(test => test.Dimension.Scope).Distinct()];

    static CountedUnit UnitOf(List<Measure> leaves, bool needsVisits)
    {
        if (needsVisits || leaves.Any(leaf => leaf is Measure.CountVisits))
            return CountedUnit.Visit;
        return leaves.Any(leaf => leaf is Measure.CountVisitors) ? CountedUnit.Visitor : CountedUnit.None;
    }

    static bool IsKeptByVisits(Measure leaf) => leaf is not (Measure.CountEvents or Measure.SumEvents)
        || leaf is Measure.CountEvents { Test: EventTest.Any or EventTest.PageView or EventTest.KeyEvent }
        || leaf is Measure.SumEvents { Amount: EventAmount.Engagement, Test: EventTest.Any };

    static bool LooksAtWholeVisits(Measure leaf) => leaf
        is Measure.SumVisitTime
        or Measure.CountVisits { Test: not VisitTest.Any }
        or Measure.CountVisitors { Test: not VisitTest.Any };

    static bool LooksAtFirstSeen(Measure leaf) => leaf
        is Measure.CountVisits { Test: VisitTest.New or VisitTest.Active }
        or Measure.CountVisitors { Test: VisitTest.New or VisitTest.Active };
}
