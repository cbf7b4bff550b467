using System.Globalization;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

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
        Measure.CountVisitors { Test: VisitTest.Any } => "count(DISTINCT e.visitor)",
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };

    /// <summary>The first level again, for a visit that lies within one row: its own count.</summary>
    public static string OfVisit(Measure leaf) => leaf switch
    {
        Measure.CountEvents { Test: EventTest.Any } => "x.events",
        Measure.CountEvents { Test: EventTest.PageView } => "x.pageviews",
        Measure.CountEvents { Test: EventTest.KeyEvent } => "x.key_events",
        Measure.SumEvents { Amount: EventAmount.Engagement } => "x.engagement_ms",
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };

    /// <summary>What a leaf looks at in a whole visit: expressions over a visit and their names.</summary>
    public IReadOnlyList<(string Sql, string Name)> LooksAt(Measure leaf)
    {
        var test = leaf switch
        {
            Measure.CountVisits count => count.Test,
            Measure.CountVisitors count => count.Test,
            _ => VisitTest.Any,
        };
        (string Sql, string Name) engaged = ("x.engagement_ms > 10000 OR x.key_events > 0 OR x.pageviews >= 2", "engaged");
        (string Sql, string Name) firstSeen = ("f.first_seen", "first_seen");
        return (leaf, test) switch
        {
            (Measure.SumVisitTime, _) => [($"{parameters.Dialect.Microseconds("x.ended_at")} - {parameters.Dialect.Microseconds("x.started_at")}", "duration")],
            (_, VisitTest.Started) => [("x.started_at", "started_at")],
            (_, VisitTest.Engaged) => [engaged],
            (_, VisitTest.SinglePage) => [("x.pageviews = 1 AND x.interactions = 0", "single_page")],
            (_, VisitTest.KeyEvent) => [("x.key_events > 0", "with_key_event")],
            (_, VisitTest.New) => [firstSeen],
            (_, VisitTest.Active) => [engaged, ("x.engagement_ms > 0", "attentive"), firstSeen],
            _ => [],
        };
    }

    /// <summary>The second level: over the units of a row.</summary>
    public string OverUnits(Measure leaf) => leaf switch
    {
        Measure.CountEvents or Measure.SumEvents => $"coalesce(sum(j.s{IndexOf(leaf)}), 0)",
        Measure.CountVisits { Test: VisitTest.Any } => "count(*)",
        Measure.CountVisits count => $"count(*) FILTER (WHERE {Condition(count.Test)})",
        Measure.SumVisitTime => "coalesce(sum(j.duration), 0)",
        Measure.CountVisitors { Test: VisitTest.Any } => "count(DISTINCT j.visitor)",
        Measure.CountVisitors count => $"count(DISTINCT j.visitor) FILTER (WHERE {Condition(count.Test)})",
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
        VisitTest.Started => $"j.started_at >= {parameters.Add(plan.Range.From)}{inBucket("j.started_at")}",
        VisitTest.Engaged => "j.engaged",
        VisitTest.SinglePage => "j.single_page",
        VisitTest.KeyEvent => "j.with_key_event",
        VisitTest.New => $"(j.first_seen >= {parameters.Add(plan.Range.From)}{inBucket("j.first_seen")})",
        VisitTest.Active => $"j.engaged OR j.attentive OR {Condition(VisitTest.New)}",
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
