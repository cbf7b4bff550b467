using System.Buffers;

namespace Footfall.Core.Reports;

/// <summary>Adds up the slices of a range to the rows and totals of a report. Good for one range, on one thread.</summary>
sealed class RollupAnswer(RollupPlan plan, DateRange range, LoadedRollups loaded)
{
    // An element for each visitor's number: in which row the visitor was counted last. Rows are numbered from 1.
    int[] _marks = [];
    int _mark;

    /// <param name="only">For a comparison: the values outside of which no row is wanted. Null wants all.</param>
    /// <returns>All rows, in the order asked for unless they are buckets of time; and the totals.</returns>
    public ReportPart Compute(IReadOnlySet<string>? only, DateTime? completeUntil)
    {
        _marks = ArrayPool<int>.Shared.Rent(Math.Max(1, loaded.Visitors));
        try
        {
            Array.Clear(_marks, 0, loaded.Visitors);
            var totals = Totals();
            var rows = plan.Query.Dimensions switch
            {
                [] => [new ReportRow([], totals)],
                [{ Kind: DimensionKind.Hour }] => Hours(),
                [{ IsTime: true } time] => Buckets(time.Kind),
                _ => ByValue(only),
            };
            return new ReportPart(rows, totals, rows.Count, Identity(), completeUntil);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(_marks);
        }
    }

    /// <summary>Orders rows as an engine does: nulls last, texts by their bytes in UTF-8, ties by the dimensions.</summary>
    public static List<ReportRow> Ordered(ReportQuery query, IEnumerable<ReportRow> rows)
    {
        var metrics = query.Metrics.Select(metric => metric.Id).ToList();
        var orders = query.Order.Select(order => (Metric: metrics.IndexOf(order.Column), order.Descending)).ToList();
        var ordered = rows.ToList();
        ordered.Sort((x, y) =>
        {
            foreach (var (metric, descending) in orders)
            {
                var compared = metric < 0
                    ? CompareText(x.Dimensions[0], y.Dimensions[0]) * (descending ? -1 : 1)
                    : CompareNumbers(x.Metrics[metric], y.Metrics[metric], descending);
                if (compared != 0)
                    return compared;
            }
            return CompareText(x.Dimensions[0], y.Dimensions[0]);
        });
        return ordered;
    }

    static int CompareNumbers(double? left, double? right, bool descending)
    {
        if (left is null || right is null)
            return (left is null).CompareTo(right is null);
        return descending ? right.Value.CompareTo(left.Value) : left.Value.CompareTo(right.Value);
    }

    /// <summary>UTF-16 orders like UTF-8 but for surrogates, which stand before the last private and compatibility characters there.</summary>
    static int CompareText(string left, string right)
    {
        var length = Math.Min(left.Length, right.Length);
        for (var index = 0; index < length; index++)
        {
            if (left[index] == right[index])
                continue;
            if (char.IsSurrogate(left[index]) == char.IsSurrogate(right[index]))
                return left[index].CompareTo(right[index]);
            return char.IsSurrogate(left[index]) ? 1 : -1;
        }
        return left.Length.CompareTo(right.Length);
    }

    double?[] Totals() => plan.Values is null
        ? Sum(loaded.Wholes.SelectMany(day => Rows(day)), range.From)
        : Sum(loaded.Rows.SelectMany(day => Rows(day)), range.From);

    /// <summary>The values of an hour are of one day only.</summary>
    List<ReportRow> Hours() => [.. loaded.Rows.SelectMany(day => Rows(day).Select(row =>
        new ReportRow([day.Slice.Values[row.Row]], Sum([row], day.Slice.Day))))];

    List<ReportRow> Buckets(DimensionKind kind) => [.. loaded.Rows.GroupBy(day => StartOf(day.Slice.Day, kind))
        .Select(bucket => (bucket.Key, Rows: bucket.SelectMany(day => Rows(day)).ToList()))
        .Where(bucket => bucket.Rows.Count > 0)
        .Select(bucket => new ReportRow(
            [kind == DimensionKind.Month ? TimeBuckets.Month(bucket.Key) : TimeBuckets.Day(bucket.Key)],
            Sum(bucket.Rows, bucket.Key < range.From ? range.From : bucket.Key)))];

    static DateOnly StartOf(DateOnly day, DimensionKind kind) => kind switch
    {
        DimensionKind.Week => TimeBuckets.MondayOf(day),
        DimensionKind.Month => new DateOnly(day.Year, day.Month, 1),
        _ => day,
    };

    List<ReportRow> ByValue(IReadOnlySet<string>? only)
    {
        var starts = new int[loaded.Values.Length + 1];
        foreach (var id in loaded.Rows.SelectMany(day => day.ValueIds))
            starts[id + 1]++;
        for (var id = 0; id < loaded.Values.Length; id++)
            starts[id + 1] += starts[id];
        var places = new (LoadedDay Day, int Row)[starts[^1]];
        var next = starts.AsSpan(0, loaded.Values.Length).ToArray();
        foreach (var day in loaded.Rows)
        {
            for (var row = 0; row < day.ValueIds.Length; row++)
                places[next[day.ValueIds[row]]++] = (day, row);
        }
        var rows = new List<ReportRow>();
        for (var id = 0; id < loaded.Values.Length; id++)
        {
            var value = loaded.Values[id];
            if (starts[id + 1] > starts[id] && (plan.Values?.Contains(value) ?? true) && (only?.Contains(value) ?? true))
                rows.Add(new ReportRow([value], Sum(new ArraySegment<(LoadedDay, int)>(places, starts[id], starts[id + 1] - starts[id]), range.From)));
        }
        return rows;
    }

    IEnumerable<(LoadedDay Day, int Row)> Rows(LoadedDay day)
    {
        for (var row = 0; row < day.Slice.Values.Length; row++)
        {
            if (plan.Values is null || plan.Values.Contains(day.Slice.Values[row]))
                yield return (day, row);
        }
    }

    double?[] Sum(IEnumerable<(LoadedDay Day, int Row)> rows, DateOnly from)
    {
        var tally = new RollupTally();
        _mark++;
        foreach (var (day, row) in rows)
        {
            tally.Add(day.Slice, row, from);
            if (plan.CountsVisitors)
                tally.AddVisitors(day.Slice.Sets[row].Mark(day.Numbers, _marks, _mark));
        }
        return tally.Of(plan.Query.Metrics);
    }

    /// <summary>Of all visits of the range, whatever the filter: the identity is the site's way of knowing visitors, not a property of a selection.</summary>
    IdentityLifetime Identity()
    {
        if (!plan.CountsVisitors)
            return IdentityLifetime.None;
        return (loaded.Wholes.Any(day => day.Slice.HasDaily), loaded.Wholes.Any(day => day.Slice.HasLasting)) switch
        {
            (true, true) => IdentityLifetime.Mixed,
            (true, false) => IdentityLifetime.OneDay,
            (false, true) => IdentityLifetime.Persistent,
            _ => IdentityLifetime.None,
        };
    }
}
