using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>The sums of one row of a report, added up from rows of slices, and what measures come to over them.</summary>
sealed class RollupTally
{
    EventSums _events;
    VisitSums _visits;
    long _started;
    long _visitors;

    /// <summary>Whether rollups hold what a leaf counts.</summary>
    public static bool Knows(Measure leaf) => leaf
        is Measure.CountEvents
        or Measure.SumEvents { Amount: EventAmount.Engagement, Test: EventTest.Any }
        or Measure.SumEvents { Amount: EventAmount.Revenue, Test: EventTest.Order or EventTest.Purchase or EventTest.Refund }
        or Measure.SumEvents { Amount: EventAmount.Items, Test: EventTest.Purchase }
        or Measure.CountVisits { Test: VisitTest.Any or VisitTest.Started or VisitTest.Engaged or VisitTest.SinglePage or VisitTest.KeyEvent }
        or Measure.SumVisitTime
        or Measure.CountVisitors { Test: VisitTest.Any };

    /// <param name="from">The first day of what the row stands for: a visit that was seen on it or later has been counted.</param>
    public void Add(DaySlice slice, int row, DateOnly from)
    {
        _events += slice.Events[row];
        _visits += slice.Started[row];
        _started += slice.Started[row].Visits;
        foreach (var carried in slice.Carried[row] ?? [])
        {
            if (carried.SeenOn >= from)
                continue;
            _visits += carried.Sums;
            if (carried.StartedOn >= from)
                _started += carried.Sums.Visits;
        }
    }

    public void AddVisitors(int count) => _visitors += count;

    public double?[] Of(IReadOnlyList<Metric> metrics)
    {
        var values = new double?[metrics.Count];
        for (var index = 0; index < values.Length; index++)
        {
            // Adding zero makes a negative zero, which an amount of no refunds would be, a plain one.
            values[index] = Of(metrics[index].Measure) + 0.0;
        }
        return values;
    }

    double? Of(Measure measure) => measure switch
    {
        Measure.Ratio ratio => Of(ratio.Denominator) is var below && below == 0 ? null : Of(ratio.Numerator) / below,
        Measure.Difference difference => Of(difference.Left) - Of(difference.Right),
        Measure.Scaled scaled => Of(scaled.Of) / scaled.Divisor,
        _ => Leaf(measure),
    };

    double Leaf(Measure leaf) => leaf switch
    {
        Measure.CountEvents count => CountOf(count.Test),
        Measure.SumEvents { Amount: EventAmount.Engagement } => _events.EngagementMs,
        Measure.SumEvents { Amount: EventAmount.Items } => _events.Items,
        Measure.SumEvents { Test: EventTest.Purchase } => _events.PurchaseMicros,
        Measure.SumEvents { Test: EventTest.Refund } => _events.RefundMicros,
        Measure.SumEvents => _events.PurchaseMicros + _events.RefundMicros,
        Measure.CountVisits count => CountOf(count.Test),
        Measure.SumVisitTime => _visits.DurationMicros,
        Measure.CountVisitors => _visitors,
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };

    long CountOf(EventTest test) => test switch
    {
        EventTest.Any => _events.Events,
        EventTest.PageView => _events.PageViews,
        EventTest.KeyEvent => _events.KeyEvents,
        EventTest.Purchase => _events.Purchases,
        EventTest.Refund => _events.Refunds,
        EventTest.Order => _events.Purchases + _events.Refunds,
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    long CountOf(VisitTest test) => test switch
    {
        VisitTest.Any => _visits.Visits,
        VisitTest.Started => _started,
        VisitTest.Engaged => _visits.Engaged,
        VisitTest.SinglePage => _visits.SinglePage,
        VisitTest.KeyEvent => _visits.WithKeyEvent,
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };
}
