namespace Footfall.Core.Reports;

/// <summary>Makes an answer of what an engine found: completes series, and sets the rows of a comparison beside those of the range.</summary>
public static class ReportParts
{
    /// <summary>Adds the buckets of a series that have no events, then orders and cuts it.</summary>
    public static ReportPart Complete(ReportQuery query, ReportPart part)
    {
        if (query.Series is not { } series)
            return part;
        var found = part.Rows.ToDictionary(row => row.Dimensions[0], StringComparer.Ordinal);
        foreach (var label in TimeBuckets.Labels(series.Kind, query.Range, query.Site.Zone))
            found.TryAdd(label, Nothing(query, [label]));
        var rows = found.Values.Order(new RowOrder(query)).Skip(query.Offset).Take(query.Limit);
        return part with { Rows = [.. rows], RowCount = found.Count };
    }

    public static ReportAnswer Answer(ReportQuery query, ReportPart part, ComparedAnswer? compared, string definitionVersion) => new()
    {
        Columns = ReportColumns.Of(query),
        Rows = part.Rows,
        Totals = part.Totals,
        RowCount = part.RowCount,
        Compare = compared,
        CompleteUntil = part.CompleteUntil is { } until ? new DateTimeOffset(DateTime.SpecifyKind(until, DateTimeKind.Utc)) : null,
        DefinitionVersion = definitionVersion,
        Identity = part.Identity,
        TimeZone = query.Site.TimeZone,
        Currency = query.Site.Currency,
        From = query.Range.From,
        To = query.Range.To,
    };

    /// <param name="query">The question for the range itself.</param>
    /// <param name="page">The rows of the range that are shown.</param>
    /// <param name="range">The range of the comparison.</param>
    /// <param name="part">What was found there; at least the rows with the dimension values of <paramref name="page"/>.</param>
    public static ComparedAnswer Compared(ReportQuery query, IReadOnlyList<ReportRow> page, DateRange range, ReportPart part)
    {
        var found = part.Rows.ToDictionary(row => KeyOf(row.Dimensions), StringComparer.Ordinal);
        var shifts = query.Dimensions.Select(dimension => Shift(query, dimension, range)).ToList();
        var rows = page.Select(row =>
        {
            var values = row.Dimensions.Select((value, index) => shifts[index](value)).ToList();
            return found.GetValueOrDefault(KeyOf(values)) ?? Nothing(query, values);
        });
        return new ComparedAnswer(range.From, range.To, [.. rows], part.Totals);
    }

    static ReportRow Nothing(ReportQuery query, IReadOnlyList<string> values) =>
        new(values, [.. query.Metrics.Select(metric => metric.Measure.OfNothing)]);

    /// <summary>What a value of the range is set beside: itself, or the bucket as far from the start; empty when the other range has no such bucket.</summary>
    static Func<string, string> Shift(ReportQuery query, Dimension dimension, DateRange range)
    {
        if (!dimension.IsTimeline)
            return value => value;
        var here = TimeBuckets.Labels(dimension.Kind, query.Range, query.Site.Zone).Index()
            .ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        var there = TimeBuckets.Labels(dimension.Kind, range, query.Site.Zone);
        return value => here.TryGetValue(value, out var index) && index < there.Count ? there[index] : "";
    }

    static string KeyOf(IEnumerable<string> values) => string.Concat(values.Select(value => $"{value.Length}:{value}"));
}
