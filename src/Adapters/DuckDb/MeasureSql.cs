using System.Globalization;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Adapters.DuckDb;

/// <summary>Measures as SQL at the three levels of a report: over events, over units (visits or visitors), and over their sums.</summary>
/// <param name="inBucket">Whether a time of the visit lies in the bucket of the row; empty where there is none.</param>
public sealed class MeasureSql(ReportPlan plan, SqlParameters parameters, Func<string, string> inBucket)
{
    /// <summary>Whether a leaf is a sum over events, and so has a column already at the first level.</summary>
    public static bool IsOverEvents(Measure leaf) => leaf is Measure.CountEvents or Measure.SumEvents;

    /// <summary>The first level: over the events of a unit.</summary>
    public string OverEvents(Measure leaf) => leaf switch
    {
        Measure.CountEvents { Test: EventTest.Any } => "count(*)",
        Measure.CountEvents count => $"count(*) FILTER (WHERE {Condition(count.Test)})",
        Measure.SumEvents { Test: EventTest.Any } sum => $"coalesce(sum({Column(sum.Amount)}), 0)",
        Measure.SumEvents sum => $"coalesce(sum({Column(sum.Amount)}) FILTER (WHERE {Condition(sum.Test)}), 0)",
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };

    /// <summary>The second level: over the units of a row.</summary>
    public string OverUnits(Measure leaf) => leaf switch
    {
        Measure.CountEvents or Measure.SumEvents => $"coalesce(sum(e.s{IndexOf(leaf)}), 0)",
        Measure.CountVisits { Test: VisitTest.Any } => "count(*)",
        Measure.CountVisits count => $"count(*) FILTER (WHERE {Condition(count.Test)})",
        Measure.SumVisitTime => "coalesce(sum(v.duration), 0)",
        Measure.CountVisitors { Test: VisitTest.Any } => plan.Unit == CountedUnit.Visitor ? "count(*)" : "count(DISTINCT e.visitor)",
        Measure.CountVisitors count => $"count(DISTINCT e.visitor) FILTER (WHERE {Condition(count.Test)})",
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };

    /// <summary>The third level: arithmetic on the sums of a row.</summary>
    public string OverSums(Measure measure) => measure switch
    {
        Measure.Ratio ratio => $"{OverSums(ratio.Numerator)} / nullif({OverSums(ratio.Denominator)}, 0)",
        Measure.Difference difference => $"({OverSums(difference.Left)} - {OverSums(difference.Right)})",
        Measure.Scaled scaled => string.Create(CultureInfo.InvariantCulture, $"({OverSums(scaled.Of)} / {scaled.Divisor}e0)"),
        _ => $"CAST(c{IndexOf(measure)} AS DOUBLE)",
    };

    public int IndexOf(Measure leaf) => plan.Leaves.Index().First(pair => pair.Item == leaf).Index;

    string Condition(EventTest test) => test switch
    {
        EventTest.PageView => $"e.name = {parameters.Add(EventNames.PageView)}",
        EventTest.KeyEvent => "e.key_event",
        EventTest.Purchase => $"e.name = {parameters.Add(EventNames.Purchase)}",
        EventTest.Refund => $"e.name = {parameters.Add(EventNames.Refund)}",
        EventTest.Order => $"e.name IN ({parameters.Add(EventNames.Purchase)}, {parameters.Add(EventNames.Refund)})",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    string Condition(VisitTest test) => test switch
    {
        VisitTest.Started => $"v.started_at >= {parameters.Add(plan.Range.From)}{inBucket("v.started_at")}",
        VisitTest.Engaged => "v.engaged",
        VisitTest.SinglePage => "v.single_page",
        VisitTest.KeyEvent => "v.with_key_event",
        VisitTest.New => $"(v.first_seen >= {parameters.Add(plan.Range.From)}{inBucket("v.first_seen")})",
        VisitTest.Active => $"v.engaged OR v.engagement_ms > 0 OR {Condition(VisitTest.New)}",
        _ => throw new ArgumentOutOfRangeException(nameof(test)),
    };

    static string Column(EventAmount amount) => amount switch
    {
        EventAmount.Engagement => "e.engagement_ms",
        EventAmount.Revenue => "e.revenue",
        EventAmount.Items => "e.items",
        _ => throw new ArgumentOutOfRangeException(nameof(amount)),
    };
}
