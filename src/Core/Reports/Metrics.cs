using System.Collections.Frozen;
using static Footfall.Core.Reports.Measure;

namespace Footfall.Core.Reports;

/// <summary>Every metric, once. The definitions say what each means; engines only render the trees.</summary>
public static class Metrics
{
    static readonly Measure PageViews = new CountEvents(EventTest.PageView);
    static readonly Measure Events = new CountEvents(EventTest.Any);
    static readonly Measure Visits = new CountVisits(VisitTest.Any);
    static readonly Measure Visitors = new CountVisitors(VisitTest.Any);
    static readonly Measure Engaged = new CountVisits(VisitTest.Engaged);
    static readonly Measure Engagement = new Scaled(new SumEvents(EventAmount.Engagement, EventTest.Any), 1000);
    static readonly Measure Revenue = new Scaled(new SumEvents(EventAmount.Revenue, EventTest.Order), 1_000_000);
    static readonly Measure Purchased = new Scaled(new SumEvents(EventAmount.Revenue, EventTest.Purchase), 1_000_000);
    static readonly Measure Transactions = new CountEvents(EventTest.Purchase);

    public static IReadOnlyList<Metric> All { get; } =
    [
        new("visitors", "Visitors", "totalUsers", "Distinct visitors with any event.", MetricUnit.Count, Additivity.None, Visitors),
        new("active_visitors", "Active visitors", "activeUsers",
            "Distinct visitors with an engaged visit, engagement time, or their first event ever.",
            MetricUnit.Count, Additivity.None, new CountVisitors(VisitTest.Active)),
        new("new_visitors", "New visitors", "newUsers", "Distinct visitors whose first event ever is in the range; by time, in the row's bucket.",
            MetricUnit.Count, Additivity.None, new CountVisitors(VisitTest.New)),
        new("visits", "Visits", "sessions", "Distinct visits with any event. A visit counts once in each row where it has events.",
            MetricUnit.Count, Additivity.None, Visits),
        new("visits_started", "Visits started", null, "Visits that began in the range; by time, in the row's bucket.",
            MetricUnit.Count, Additivity.Starts, new CountVisits(VisitTest.Started)),
        new("engaged_visits", "Engaged visits", "engagedSessions",
            "Visits with over 10 seconds of engagement, a key event, or two or more page views, anywhere in the visit.",
            MetricUnit.Count, Additivity.None, Engaged),
        new("engagement_rate", "Engagement rate", "engagementRate", "Engaged visits per visit.",
            MetricUnit.Share, Additivity.None, new Ratio(Engaged, Visits)),
        new("bounce_rate", "Bounce rate", "bounceRate", "Visits that were not engaged, per visit.",
            MetricUnit.Share, Additivity.None, new Ratio(new Difference(Visits, Engaged), Visits)),
        new("single_page_rate", "Single-page rate", null, "Visits with one page view and no other interactive event, per visit.",
            MetricUnit.Share, Additivity.None, new Ratio(new CountVisits(VisitTest.SinglePage), Visits)),
        new("pageviews", "Page views", "screenPageViews", "Events named pageview.", MetricUnit.Count, Additivity.Events, PageViews),
        new("events", "Events", "eventCount", "Events of any name.", MetricUnit.Count, Additivity.Events, Events),
        new("views_per_visit", "Views per visit", "screenPageViewsPerSession", "Page views per visit.",
            MetricUnit.Mean, Additivity.None, new Ratio(PageViews, Visits)),
        new("views_per_visitor", "Views per visitor", "screenPageViewsPerUser", "Page views per visitor.",
            MetricUnit.Mean, Additivity.None, new Ratio(PageViews, Visitors)),
        new("events_per_visit", "Events per visit", "eventsPerSession", "Events per visit.",
            MetricUnit.Mean, Additivity.None, new Ratio(Events, Visits)),
        new("visits_per_visitor", "Visits per visitor", "sessionsPerUser", "Visits per visitor.",
            MetricUnit.Mean, Additivity.None, new Ratio(Visits, Visitors)),
        new("key_events", "Key events", "keyEvents", "Events whose name is one of the site's key events.",
            MetricUnit.Count, Additivity.Events, new CountEvents(EventTest.KeyEvent)),
        new("key_event_rate", "Key event rate", "sessionKeyEventRate", "Visits with a key event anywhere in them, per visit.",
            MetricUnit.Share, Additivity.None, new Ratio(new CountVisits(VisitTest.KeyEvent), Visits)),
        new("visit_duration", "Visit duration", "averageSessionDuration",
            "Mean time from a visit's first to its last event, visits of one event included.",
            MetricUnit.Seconds, Additivity.None, new Scaled(new Ratio(new SumVisitTime(), Visits), 1_000_000)),
        new("engagement_time", "Engagement time", "userEngagementDuration", "Time in the foreground, as the client reports it.",
            MetricUnit.Seconds, Additivity.Events, Engagement),
        new("time_on_page", "Time on page", null, "Engagement time per page view.",
            MetricUnit.Seconds, Additivity.None, new Ratio(Engagement, PageViews)),
        new("revenue", "Revenue", "totalRevenue", "Purchases less refunds, in the site's currency. An order counts once.",
            MetricUnit.Currency, Additivity.Events, Revenue),
        new("transactions", "Transactions", "transactions", "Purchases. An order counts once.",
            MetricUnit.Count, Additivity.Events, Transactions),
        new("average_order", "Average order", null, "Purchases before refunds, per transaction.",
            MetricUnit.Currency, Additivity.None, new Ratio(Purchased, Transactions)),
        new("revenue_per_visitor", "Revenue per visitor", null, "Revenue per visitor.",
            MetricUnit.Currency, Additivity.None, new Ratio(Revenue, Visitors)),
        new("items", "Items", "itemsPurchased", "Pieces purchased.",
            MetricUnit.Count, Additivity.Events, new SumEvents(EventAmount.Items, EventTest.Purchase)),
        new("refunds", "Refunds", null, "Refund events.", MetricUnit.Count, Additivity.Events, new CountEvents(EventTest.Refund)),
        new("refund_amount", "Refund amount", "refundAmount", "What was refunded, as a positive number, in the site's currency.",
            MetricUnit.Currency, Additivity.Events, new Scaled(new SumEvents(EventAmount.Revenue, EventTest.Refund), -1_000_000)),
    ];

    static readonly FrozenDictionary<string, Metric> ById = All.ToFrozenDictionary(metric => metric.Id, StringComparer.Ordinal);

    public static Metric? Find(string id) => ById.GetValueOrDefault(id);
}
