using System.Globalization;

namespace Footfall.Drill.Equality;

/// <summary>
/// Events with given ids and times, the same under the same seed and hour: a month with a change of the clocks, and the last two days. There is some of
/// everything that reports tell apart: visitors of every identity, orders, refunds, bots, places, late and repeated events. No visitor has two at one time.
/// </summary>
sealed class EqualHits
{
    public const string Site = "equal.example";

    /// <summary>Its clocks change on the last Sunday of March.</summary>
    public const string TimeZone = "Europe/Berlin";

    /// <summary>The days of the month, by the site's time.</summary>
    public const string From = "2026-03-05", To = "2026-04-04";

    const int Visitors = 900;
    const int BatchSize = 100;
    const int LateBy = 400;

    static readonly DateTimeOffset MonthBegins = new(2026, 3, 5, 0, 0, 0, TimeSpan.Zero);

    static readonly string[] Queries =
        ["", "", "?utm_source=newsletter&utm_medium=email&utm_campaign=spring", "?utm_source=google&utm_medium=cpc&utm_term=shoes&utm_content=blue", "?gclid=a1"];

    static readonly string[] Referrers = ["", "https://www.google.com/", "https://partner.example/list?page=2", "https://chatgpt.com/", "https://www.facebook.com/"];
    static readonly string[] Addresses = ["81.2.69.160", "216.160.83.56", "175.16.199.7", "89.160.20.112", "203.0.113.9"];
    static readonly string[] Languages = ["en-us", "de-de", "fr", "ja-jp"];
    static readonly string[] Screens = ["1920x1080", "390x844", "820x1180"];
    static readonly string[] Currencies = ["EUR", "EUR", "USD"];

    readonly Random _random;
    readonly List<(DateTimeOffset Time, Dictionary<string, object> Event)> _events = [];
    readonly HashSet<DateTimeOffset> _times = [];

    EqualHits(int seed) => _random = new Random(seed);

    /// <summary>The bodies of requests, in the order in which they are to be sent.</summary>
    /// <param name="now">The last two days end before the full hour before it.</param>
    public static (IReadOnlyList<string> Requests, int Events) Make(int seed, DateTimeOffset now)
    {
        var hits = new EqualHits(seed);
        var hour = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
        for (var visitor = 0; visitor < Visitors; visitor++)
            hits.AddVisitor(visitor, visitor % 3 == 0 ? hour.AddDays(-2) : MonthBegins, visitor % 3 == 0 ? hour : MonthBegins.AddDays(30));
        var sent = hits.InOrderOfArrival();
        return ([.. sent.Chunk(BatchSize).Select(FootfallApi.ToJson)], sent.Count);
    }

    void AddVisitor(int visitor, DateTimeOffset from, DateTimeOffset until)
    {
        var address = Addresses[_random.Next(Addresses.Length)];
        var agent = visitor % 40 == 7 ? "Googlebot/2.1 (+http://www.google.com/bot.html)" : Browsers.All[_random.Next(Browsers.All.Count)];
        var time = from.AddSeconds(_random.Next((int)(until - from).TotalSeconds));
        for (var visits = _random.Next(1, 5); visits > 0; visits--, time = time.AddMinutes(_random.Next(20, 2_000)))
        {
            var (query, referrer) = (Queries[_random.Next(Queries.Length)], Referrers[_random.Next(Referrers.Length)]);
            for (var left = _random.Next(1, 9); left > 0; left--, time = time.AddSeconds(_random.Next(1, 20 * 60)), (query, referrer) = ("", ""))
            {
                if (time >= until)
                    return;
                // Which of two at one time came first is up to the order in which they are read.
                while (!_times.Add(time))
                    time = time.AddMilliseconds(1);
                var sent = Event(visitor, time, query, referrer);
                Identify(sent, visitor, time, address, agent);
                _events.Add((time, sent));
            }
        }
    }

    Dictionary<string, object> Event(int visitor, DateTimeOffset time, string query, string referrer)
    {
        var page = _random.Next(60);
        var sent = new Dictionary<string, object>
        {
            ["site"] = Site,
            ["name"] = _random.Next(8) switch { 0 => "signup", 1 => "purchase", 2 when _random.Next(4) == 0 => "refund", _ => "pageview" },
            ["url"] = $"https://{(page % 9 == 0 ? "blog." : "")}{Site}/p/{page.ToString(CultureInfo.InvariantCulture)}{query}",
            ["title"] = $"Page {page}",
            ["referrer"] = referrer,
            ["event_id"] = $"equal-{_events.Count}",
            ["time"] = time,
            ["engagement_ms"] = _random.Next(30_000),
            ["props"] = new Dictionary<string, object> { ["plan"] = _random.Next(3), ["logged_in"] = _random.Next(2) == 0 },
        };
        if (sent["name"] is "purchase" or "refund")
            AddOrder(sent, visitor);
        return sent;
    }

    /// <summary>
    /// Some orders of a visitor come twice, which counts once. Under two visitors, which somebody without a cookie is on two days, a cluster may count
    /// them twice: that is its known limit, and none come so here.
    /// </summary>
    void AddOrder(Dictionary<string, object> sent, int visitor)
    {
        sent["order_id"] = IsCookieless(visitor) ? $"order-{_events.Count}" : $"order-{visitor}-{_random.Next(4)}";
        sent["revenue"] = new { amount = _random.Next(100, 20_000) / 100m, currency = Currencies[_random.Next(Currencies.Length)] };
        if (sent["name"] is "purchase")
            sent["items"] = Enumerable.Range(0, _random.Next(1, 4)).Select(number => new { id = $"sku-{number}", quantity = number + 1 }).ToList();
    }

    static void Identify(Dictionary<string, object> sent, int visitor, DateTimeOffset time, string address, string agent)
    {
        (sent["address"], sent["user_agent"]) = (address, agent);
        (sent["language"], sent["screen"]) = (Languages[visitor % Languages.Length], Screens[visitor % Screens.Length]);
        if (visitor % 5 == 0)
            sent["user_id"] = $"user-{visitor}";
        if (!IsCookieless(visitor))
            sent["visitor_id"] = $"visitor-{visitor}";
        // A session that spans more than a day would be left apart or joined by what came first.
        if (visitor % 7 == 0)
            sent["session_id"] = $"session-{visitor}-{time.ToUnixTimeSeconds() / (6 * 3_600)}";
    }

    /// <summary>One in ten is known by nothing but address and agent, in which some are alike.</summary>
    static bool IsCookieless(int visitor) => visitor % 10 == 1;

    /// <summary>Events arrive late among their neighbours, and one in thirty arrives again.</summary>
    List<Dictionary<string, object>> InOrderOfArrival()
    {
        var sent = _events.OrderBy(one => one.Time).Select(one => one.Event).ToArray();
        for (var start = 0; start < sent.Length; start += LateBy)
            _random.Shuffle(sent.AsSpan(start, Math.Min(LateBy, sent.Length - start)));
        return [.. sent, .. sent.Where(_ => _random.Next(30) == 0)];
    }
}
