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
        var rows = new List<ReportRow>();
        foreach (var label in TimeBuckets.Labels(series.Kind, query.Range, query.Site.Zone))
            rows.Add(found.Remove(label, out var row) ? row : Nothing(query, [label]));
        // A clock once put back over midnight makes a bucket that no calendar lists; it is shown last, not lost.
        rows.AddRange(found.Values);
        return part with { Rows = [.. Ordered(query, rows).Skip(query.Offset).Take(query.Limit)], RowCount = rows.Count };
    }

    /// <summary>Orders rows that stand in the order of time as an engine orders rows: nulls last, ties by time.</summary>
    static IEnumerable<ReportRow> Ordered(ReportQuery query, List<ReportRow> rows)
    {
        var metrics = query.Metrics.Select(metric => metric.Id).ToList();
        var ordered = rows.Index().Order(Comparer<(int Index, ReportRow Item)>.Create((x, y) =>
        {
            foreach (var order in query.Order)
            {
                var metric = metrics.IndexOf(order.Column);
                var compared = metric < 0
                    ? (order.Descending ? y.Index.CompareTo(x.Index) : x.Index.CompareTo(y.Index))
                    : Compare(x.Item.Metrics[metric], y.Item.Metrics[metric], order.Descending);
                if (compared != 0)
                    return compared;
            }
            return x.Index.CompareTo(y.Index);
        }));
        return ordered.Select(pair => pair.Item);
    }

    static int Compare(double? left, double? right, bool descending)
    {
        if (left is null || right is null)
            return (left is null).CompareTo(right is null);
        return descending ? right.Value.CompareTo(left.Value) : left.Value.CompareTo(right.Value);
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
