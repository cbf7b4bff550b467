using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Tests.Contracts;

/// <summary>
/// What the definitions say, spelt out over events in memory, with no care for speed. It knows metrics by their ids and shares nothing with the
/// engines: no measure, no plan, no offsets.
/// </summary>
sealed class NaiveReports
{
    readonly List<Visit> _visits;
    readonly Dictionary<(ulong Visitor, bool WithBots), DateTime> _firstSeen = [];

    public NaiveReports(IEnumerable<Event> events, int site)
    {
        _visits = [.. events.Where(one => one.Site == site).GroupBy(one => one.Visit).Select(group => new Visit([.. group.OrderBy(one => one.Order)]))];
        foreach (var visitor in _visits.GroupBy(visit => visit.Visitor))
        {
            _firstSeen[(visitor.Key, true)] = visitor.Min(visit => visit.Started);
            if (visitor.Where(visit => visit.Bot is null).ToList() is { Count: > 0 } people)
                _firstSeen[(visitor.Key, false)] = people.Min(visit => visit.Started);
        }
    }

    /// <summary>All rows, in no order, and the totals.</summary>
    public (Dictionary<string, double?[]> Rows, double?[] Totals) Run(ReportQuery query)
    {
        var taken = Taken(query);
        var rows = taken.GroupBy(pair => Key(query.Dimensions.Select(dimension => Value(dimension, pair.Visit, pair.Event, query))))
            .ToDictionary(group => group.Key, group => Measure(query, [.. group], inRow: true));
        return (rows, Measure(query, taken, inRow: false));
    }

    public static string Key(IEnumerable<string> values) => string.Join('\u0001', values);

    List<(Visit Visit, Event Event)> Taken(ReportQuery query) =>
    [
        .. from visit in _visits
           from one in visit.Events
           let day = DateOnly.FromDateTime(Local(At(one), query))
           where day >= query.Range.From && day <= query.Range.To && (one.Bot is null || NamesBot(query)) && Passes(query.Filter, visit, one, query)
           select (visit, one),
    ];

    double?[] Measure(ReportQuery query, List<(Visit Visit, Event Event)> taken, bool inRow)
    {
        var events = taken.Select(pair => pair.Event).ToList();
        var visits = taken.Select(pair => pair.Visit).Distinct().ToList();
        var times = inRow ? query.Dimensions.Where(dimension => dimension.IsTime).ToList() : [];
        return [.. query.Metrics.Select(metric => Metric(metric.Id, query, events, visits, times, taken))];
    }

    double? Metric(
        string id, ReportQuery query, List<Event> events, List<Visit> visits, List<Dimension> times, List<(Visit Visit, Event Event)> taken)
    {
        // A time of a visit belongs to a row when it would fall in the row's buckets, were it an event's.
        bool InRow(DateTime time) => IsInRange(time, query) && (times.Count == 0 || times.All(dimension =>
            Time(dimension.Kind, time, query) == Time(dimension.Kind, At(taken[0].Event), query)));
        bool New(Visit visit) => InRow(_firstSeen[(visit.Visitor, NamesBot(query))]);
        bool Engaged(Visit visit) => visit.Engagement > 10_000 || visit.KeyEvents > 0 || visit.PageViews >= 2;
        double pageviews = events.Count(one => one.Name == "pageview");
        double visitors = visits.Select(visit => visit.Visitor).Distinct().Count();
        double visitCount = visits.Count;
        double purchases = events.Count(one => one.Name == "purchase");
        double revenue = events.Where(one => one.Name is "purchase" or "refund").Sum(one => one.RevenueMicros ?? 0) / 1e6;
        var engagement = events.Sum(one => (long)one.EngagementMs) / 1000.0;
        return id switch
        {
            "visitors" => visitors,
            "active_visitors" => visits.Where(visit => Engaged(visit) || visit.Engagement > 0 || New(visit)).Select(visit => visit.Visitor).Distinct().Count(),
            "new_visitors" => visits.Where(New).Select(visit => visit.Visitor).Distinct().Count(),
            "visits" => visitCount,
            "visits_started" => visits.Count(visit => InRow(visit.Started)),
            "engaged_visits" => visits.Count(Engaged),
            "engagement_rate" => Divided(visits.Count(Engaged), visitCount),
            "bounce_rate" => Divided(visits.Count(visit => !Engaged(visit)), visitCount),
            "single_page_rate" => Divided(visits.Count(visit => visit.PageViews == 1 && visit.OtherInteractions == 0), visitCount),
            "pageviews" => pageviews,
            "events" => events.Count,
            "views_per_visit" => Divided(pageviews, visitCount),
            "views_per_visitor" => Divided(pageviews, visitors),
            "events_per_visit" => Divided(events.Count, visitCount),
            "visits_per_visitor" => Divided(visitCount, visitors),
            "key_events" => events.Count(one => one.KeyEvent),
            "key_event_rate" => Divided(visits.Count(visit => visit.KeyEvents > 0), visitCount),
            "visit_duration" => Divided(visits.Sum(visit => (visit.Ended - visit.Started).TotalSeconds), visitCount),
            "engagement_time" => engagement,
            "time_on_page" => Divided(engagement, pageviews),
            "revenue" => revenue,
            "transactions" => purchases,
            "average_order" => Divided(events.Where(one => one.Name == "purchase").Sum(one => one.RevenueMicros ?? 0) / 1e6, purchases),
            "revenue_per_visitor" => Divided(revenue, visitors),
            "items" => events.Where(one => one.Name == "purchase").Sum(one => one.Items.Sum(item => item.Quantity)),
            "refunds" => events.Count(one => one.Name == "refund"),
            "refund_amount" => -events.Where(one => one.Name == "refund").Sum(one => one.RevenueMicros ?? 0) / 1e6,
            _ => throw new ArgumentException($"The naive model does not know {id}.", nameof(id)),
        };
    }

    string Value(Dimension dimension, Visit visit, Event one, ReportQuery query)
    {
        var first = visit.Events[0];
        var value = dimension.Id switch
        {
            _ when dimension.Kind == DimensionKind.Property => PropertyOf(one, dimension.Field),
            _ when dimension.Kind == DimensionKind.PropertyNames => PropertyNamesOf(one),
            _ when dimension.IsTime => Time(dimension.Kind, At(one), query),
            "event" => one.Name,
            "page" => one.Page,
            "title" => one.Title,
            "hostname" => one.Hostname,
            "order_id" => one.OrderId,
            "currency" => one.Currency,
            "bot" => one.Bot,
            "source" => first.Source.Source,
            "medium" => first.Source.Medium,
            "campaign" => first.Source.Campaign,
            "content" => first.Source.Content,
            "term" => first.Source.Term,
            "channel" => first.Source.Channel,
            "referrer" => first.Source.Referrer,
            "country" => first.Place.Country,
            "region" => first.Place.Region,
            "city" => first.Place.City,
            "browser" => first.Device.Browser,
            "browser_version" => first.Device.BrowserVersion,
            "os" => first.Device.Os,
            "os_version" => first.Device.OsVersion,
            "device" => first.Device.Class,
            "screen_class" => first.ScreenClass,
            "language" => first.Language,
            "entry_page" => visit.Events.FirstOrDefault(each => each.Name == "pageview")?.Page,
            "exit_page" => visit.Events.LastOrDefault(each => each.Name == "pageview")?.Page,
            "new_or_returning" => IsInRange(_firstSeen[(visit.Visitor, NamesBot(query))], query) ? "new" : "returning",
            _ => throw new ArgumentException($"The naive model does not know {dimension.Id}.", nameof(dimension)),
        };
        return string.IsNullOrEmpty(value) ? "(not set)" : value;
    }

    static string? PropertyOf(Event one, string name)
    {
        if (one.Props is null || !JsonDocument.Parse(one.Props).RootElement.TryGetProperty(name, out var value))
            return null;
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Null => null,
            _ => value.GetRawText(),
        };
    }

    static string? PropertyNamesOf(Event one) =>
        one.Props is null ? null : JsonSerializer.Serialize(JsonDocument.Parse(one.Props).RootElement.EnumerateObject().Select(property => property.Name));

    static string Time(DimensionKind kind, DateTime instant, ReportQuery query)
    {
        var local = Local(instant, query);
        var monday = local.Date.AddDays(-(((int)local.DayOfWeek + 6) % 7));
        return kind switch
        {
            DimensionKind.Hour => Hour(instant, query),
            DimensionKind.Day => local.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DimensionKind.Week => monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DimensionKind.Month => local.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            DimensionKind.HourOfDay => local.ToString("HH", CultureInfo.InvariantCulture),
            DimensionKind.DayOfWeek => (((int)local.DayOfWeek + 6) % 7 + 1).ToString(CultureInfo.InvariantCulture),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>Walks back minute by minute while the clock shows the same hour and nobody has moved it.</summary>
    static string Hour(DateTime instant, ReportQuery query)
    {
        var zone = query.Site.Zone;
        var start = instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMinute));
        while (zone.GetUtcOffset(start.AddMinutes(-1)) == zone.GetUtcOffset(start) && Local(start.AddMinutes(-1), query).Hour == Local(start, query).Hour)
            start = start.AddMinutes(-1);
        var offset = zone.GetUtcOffset(start);
        return Local(start, query).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)
            + (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
    }

    bool Passes(Filter? filter, Visit visit, Event one, ReportQuery query) => filter switch
    {
        null => true,
        Filter.And and => and.Of.All(part => Passes(part, visit, one, query)),
        Filter.Or or => or.Of.Any(part => Passes(part, visit, one, query)),
        Filter.Not not => !Passes(not.Of, visit, one, query),
        Filter.Test test => Passes(test, Value(test.Dimension, visit, one, query)),
        _ => throw new ArgumentOutOfRangeException(nameof(filter)),
    };

    static bool Passes(Filter.Test test, string value)
    {
        var compare = test.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var number = double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
        double Asked() => double.Parse(test.Values[0], CultureInfo.InvariantCulture);
        bool Found() => new Regex(test.Values[0], test.IgnoreCase ? RegexOptions.IgnoreCase : RegexOptions.None).IsMatch(value);
        return test.Operator switch
        {
            FilterOperator.Is or FilterOperator.In => test.Values.Any(asked => value.Equals(asked, compare)),
            FilterOperator.IsNot or FilterOperator.NotIn => !test.Values.Any(asked => value.Equals(asked, compare)),
            FilterOperator.Contains => value.Contains(test.Values[0], compare),
            FilterOperator.NotContains => !value.Contains(test.Values[0], compare),
            FilterOperator.StartsWith => value.StartsWith(test.Values[0], compare),
            FilterOperator.EndsWith => value.EndsWith(test.Values[0], compare),
            FilterOperator.Matches => Found(),
            FilterOperator.NotMatches => !Found(),
            FilterOperator.Greater => number > Asked(),
            FilterOperator.Less => number < Asked(),
            _ => throw new ArgumentOutOfRangeException(nameof(test)),
        };
    }

    static bool NamesBot(ReportQuery query) =>
        query.Dimensions.Any(dimension => dimension.Id == "bot") || (query.Filter?.Tests().Any(test => test.Dimension.Id == "bot") ?? false);

    static bool IsInRange(DateTime instant, ReportQuery query)
    {
        var day = DateOnly.FromDateTime(Local(instant, query));
        return day >= query.Range.From && day <= query.Range.To;
    }

    static DateTime Local(DateTime instant, ReportQuery query) => TimeZoneInfo.ConvertTimeFromUtc(instant, query.Site.Zone);

    static DateTime At(Event one) => DateTime.UnixEpoch.AddMilliseconds(one.OccurredAt);

    static double? Divided(double left, double right) => right == 0 ? null : left / right;

    sealed class Visit(List<Event> events)
    {
        public List<Event> Events { get; } = events;

        public ulong Visitor => Events[0].Visitor;

        public string? Bot => Events[0].Bot;

        public DateTime Started => At(Events[0]);

        public DateTime Ended => At(Events[^1]);

        public long Engagement { get; } = events.Sum(one => (long)one.EngagementMs);

        public int KeyEvents { get; } = events.Count(one => one.KeyEvent);

        public int PageViews { get; } = events.Count(one => one.Name == "pageview");

        public int OtherInteractions { get; } = events.Count(one => one.Interactive && one.Name != "pageview");
    }
}
