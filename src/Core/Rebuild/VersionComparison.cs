using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Core.Rebuild;

/// <summary>Asks two versions of history the same questions, every metric by every main dimension, and keeps what differs.</summary>
sealed class VersionComparison(IReportEngine before, IReportEngine after)
{
    /// <summary>Those that others follow from, such as weeks from days, are not asked for; nor those with a value an event.</summary>
    static readonly string[] Derived = ["hour", "week", "month", "hour_of_day", "day_of_week", "order_id", "property_names"];

    static readonly IReadOnlyList<Dimension> Asked = [.. Dimensions.All.Where(dimension => !Derived.Contains(dimension.Id))];

    readonly PriorityQueue<Mover, double> _movers = new();
    readonly SortedSet<string> _definitionsBefore = new(StringComparer.Ordinal);
    readonly SortedSet<string> _definitionsAfter = new(StringComparer.Ordinal);
    int _sites;
    long _numbers;
    long _moved;

    /// <param name="range">Days on which either version has something of the site.</param>
    public async Task AddAsync(Site site, DateRange range, CancellationToken cancellation)
    {
        _sites++;
        var totals = await CompareAsync(site, range, null, null, cancellation);
        foreach (var dimension in Asked)
            await CompareAsync(site, range, dimension, totals, cancellation);
    }

    public RebuildDifference Result(LogPosition position)
    {
        var movers = new List<Mover>();
        while (_movers.TryDequeue(out var mover, out _))
            movers.Add(mover);
        movers.Reverse();
        return new RebuildDifference(position, string.Join(" + ", _definitionsBefore), string.Join(" + ", _definitionsAfter), _sites, _numbers, _moved, movers);
    }

    async Task<IReadOnlyList<double>> CompareAsync(
        Site site, DateRange range, Dimension? dimension, IReadOnlyList<double>? totals, CancellationToken cancellation)
    {
        var query = new ReportQuery
        {
            Site = site,
            Metrics = Metrics.All,
            Dimensions = dimension is null ? [] : [dimension],
            Range = range,
            Order = ReportQuery.DefaultOrder(Metrics.All, dimension is null ? [] : [dimension]),
            Limit = int.MaxValue,
        };
        var (old, made) = (await before.RunAsync(query, cancellation), await after.RunAsync(query, cancellation));
        _definitionsBefore.Add(old.DefinitionVersion);
        _definitionsAfter.Add(made.DefinitionVersion);
        if (dimension is null)
        {
            var sizes = old.Totals.Zip(made.Totals, (one, other) => Math.Max(Math.Abs(one ?? 0), Math.Abs(other ?? 0))).ToList();
            Compare(site, null, null, old.Totals, made.Totals, sizes);
            return sizes;
        }
        var found = made.Rows.ToDictionary(row => row.Dimensions[0], row => row.Metrics, StringComparer.Ordinal);
        foreach (var row in old.Rows)
        {
            found.Remove(row.Dimensions[0], out var other);
            Compare(site, dimension, row.Dimensions[0], row.Metrics, other ?? Nothing, totals!);
        }
        foreach (var (value, metrics) in found)
            Compare(site, dimension, value, Nothing, metrics, totals!);
        return totals!;
    }

    /// <summary>A rate of a few visits may jump far and matter little: what is no sum weighs as much as the row's visits among all.</summary>
    static double WeightOf(Metric metric, IReadOnlyList<double?> old, IReadOnlyList<double?> made, IReadOnlyList<double> totals)
    {
        if (metric.Unit == MetricUnit.Count || totals[VisitsAt] == 0)
            return 1;
        return Math.Min(1, Math.Max(old[VisitsAt] ?? 0, made[VisitsAt] ?? 0) / totals[VisitsAt]);
    }

    static readonly int VisitsAt = Metrics.All.Index().First(metric => metric.Item.Id == "visits").Index;

    static readonly IReadOnlyList<double?> Nothing = [.. Metrics.All.Select(metric => metric.Measure.OfNothing)];

    void Compare(Site site, Dimension? dimension, string? value, IReadOnlyList<double?> old, IReadOnlyList<double?> made, IReadOnlyList<double> totals)
    {
        for (var index = 0; index < old.Count; index++)
        {
            _numbers++;
            // Both come from the same whole numbers by the same arithmetic: equal is equal to the last bit.
            if (Nullable.Equals(old[index], made[index]))
                continue;
            _moved++;
            var (one, other) = (old[index] ?? 0, made[index] ?? 0);
            var size = Math.Max(totals[index], Math.Max(Math.Abs(one), Math.Abs(other)));
            var share = size == 0 ? 0 : Math.Abs(other - one) / size * WeightOf(Metrics.All[index], old, made, totals);
            _movers.Enqueue(new Mover(site.Domain, dimension?.Id, value, Metrics.All[index].Id, old[index], made[index], share), share);
            if (_movers.Count > RebuildDifference.MoversMax)
                _movers.Dequeue();
        }
    }
}
