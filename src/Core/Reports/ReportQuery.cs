using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>A question that can be answered: every name known, every limit kept.</summary>
public sealed record ReportQuery
{
    public required Site Site { get; init; }

    public required IReadOnlyList<Metric> Metrics { get; init; }

    public IReadOnlyList<Dimension> Dimensions { get; init; } = [];

    public required DateRange Range { get; init; }

    /// <summary>When true the range begins with the site's first event, if that is later.</summary>
    public bool AllTime { get; init; }

    public Filter? Filter { get; init; }

    /// <summary>At least one; ties are broken by the dimensions, so that pages of a report never overlap.</summary>
    public required IReadOnlyList<ReportOrder> Order { get; init; }

    public int Limit { get; init; } = ReportLimits.RowsDefault;

    public int Offset { get; init; }

    /// <summary>Another range to answer the same question for.</summary>
    public DateRange? Compare { get; init; }

    /// <summary>The only dimension, when it is one of time: its empty buckets are shown.</summary>
    public Dimension? Series => Dimensions is [{ IsTime: true } only] ? only : null;

    /// <summary>By time when there is a dimension of time, else by the first metric, largest first.</summary>
    public static IReadOnlyList<ReportOrder> DefaultOrder(IReadOnlyList<Metric> metrics, IReadOnlyList<Dimension> dimensions)
    {
        var byMetric = new ReportOrder(metrics[0].Id, Descending: true);
        var time = dimensions.FirstOrDefault(dimension => dimension.IsTime);
        return time is null ? [byMetric] : [new ReportOrder(time.Id, Descending: false), byMetric];
    }
}
