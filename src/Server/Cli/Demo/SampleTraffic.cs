using System.Globalization;
using System.Text.Json;

namespace Footfall.Server.Cli.Demo;

/// <summary>One made-up day of a shop: visits with sources, pages, devices, countries, purchases and bots. The same seed and day give the same traffic.</summary>
sealed class SampleTraffic(int seed, DateTime day)
{
    public const string Domain = "shop.example";

    const int Visits = 5000;
    const double BotShare = 0.06;
    const double PurchaseShare = 0.03;

    static readonly (string Name, int Weight)[] Pages =
    [
        ("/", 30), ("/products", 18), ("/products/blue-mug", 12), ("/products/notebook", 9), ("/products/desk-lamp", 7), ("/blog", 8),
        ("/blog/how-we-make-mugs", 10), ("/blog/spring-sale", 6), ("/about", 4), ("/contact", 2), ("/cart", 5),
    ];

    static readonly (string Name, int Weight)[] Entries =
    [
        ("", 30), ("https://www.google.com/", 34), ("https://www.bing.com/", 6), ("https://duckduckgo.com/", 5), ("https://www.reddit.com/", 5),
        ("https://news.ycombinator.com/", 3), ("https://www.youtube.com/", 3), ("https://chatgpt.com/", 4), ("https://blog.friend.example/best-mugs", 3),
        ("?utm_source=newsletter&utm_medium=email&utm_campaign=spring", 5), ("?gclid=demo&utm_campaign=mugs", 4),
    ];

    static readonly (string Name, int Weight)[] Agents =
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36", 30),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1", 26),
        ("Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36", 22),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15", 12),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0", 6),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0", 4),
    ];

    static readonly (string Name, int Weight)[] Bots =
    [
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", 5),
        ("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)", 3),
        ("python-requests/2.32.3", 1),
        ("curl/8.9.1", 1),
    ];

    /// <summary>First two octets of networks that providers of one country use: Germany, United States, Great Britain, France, Japan, India, Brazil, Australia.</summary>
    static readonly (string Name, int Weight)[] Networks =
        [("91.10", 24), ("84.130", 8), ("73.15", 22), ("86.140", 10), ("90.20", 9), ("126.30", 6), ("117.200", 8), ("189.10", 6), ("120.150", 4)];

    /// <summary>Visits by hour of the day.</summary>
    static readonly (string Name, int Weight)[] Hours =
    [
        .. new[] { 2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 8, 8, 8, 8, 9, 10, 10, 8, 6, 4 }
            .Select((weight, hour) => (hour.ToString(CultureInfo.InvariantCulture), weight)),
    ];

    readonly Random _random = new(seed);
    int _orders;

    public void Write(TextWriter writer)
    {
        var events = new List<(DateTime Time, SortedDictionary<string, object> Fields)>();
        for (var visit = 0; visit < Visits; visit++)
            AddVisit(events);
        // A log is in order of time; the seed's order breaks ties, so that the file is the same every time.
        var number = 0;
        foreach (var (_, fields) in events.OrderBy(pair => pair.Time))
        {
            fields["event_id"] = string.Create(CultureInfo.InvariantCulture, $"demo-{seed}-{day:yyyyMMdd}-{number++}");
            writer.Write(JsonSerializer.Serialize(fields));
            writer.Write('\n');
        }
    }

    void AddVisit(List<(DateTime, SortedDictionary<string, object>)> events)
    {
        var bot = _random.NextDouble() < BotShare;
        var agent = Pick(bot ? Bots : Agents);
        var address = string.Create(CultureInfo.InvariantCulture, $"{Pick(Networks)}.{_random.Next(256)}.{_random.Next(1, 255)}");
        var entry = Pick(Entries);
        var hour = int.Parse(Pick(Hours), CultureInfo.InvariantCulture);
        var time = day.AddHours(hour).AddSeconds(_random.NextDouble() * 3600);
        var referrer = entry.StartsWith('?') ? "" : entry;
        var query = entry.StartsWith('?') ? entry : "";
        // Half of the visits see one page; the others go on with two chances in three each time.
        var views = 1;
        while (views < 20 && _random.NextDouble() < (views == 1 ? 0.5 : 0.66))
            views++;
        for (var view = 0; view < views; view++)
        {
            var page = $"https://{Domain}{Pick(Pages)}{query}";
            events.Add((time, Event("pageview", page, referrer, time, address, agent)));
            (referrer, query) = (page, "");
            time = time.AddSeconds(5 + (_random.NextDouble() * 115));
        }
        if (!bot && _random.NextDouble() < PurchaseShare)
            events.Add((time, Purchase(referrer, time, address, agent)));
    }

    SortedDictionary<string, object> Purchase(string referrer, DateTime time, string address, string agent)
    {
        var purchase = Event("purchase", $"https://{Domain}/thanks", referrer, time, address, agent);
        purchase["order_id"] = string.Create(CultureInfo.InvariantCulture, $"demo-{seed}-{++_orders}");
        purchase["revenue"] = new { amount = _random.Next(900, 12000) / 100m, currency = "EUR" };
        return purchase;
    }

    static SortedDictionary<string, object> Event(string name, string url, string referrer, DateTime time, string address, string agent)
    {
        var fields = new SortedDictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = name,
            ["url"] = url,
            ["time"] = new DateTimeOffset(time, TimeSpan.Zero).ToUnixTimeMilliseconds(),
            ["address"] = address,
            ["user_agent"] = agent,
        };
        if (referrer.Length > 0)
            fields["referrer"] = referrer;
        return fields;
    }

    string Pick((string Name, int Weight)[] choices)
    {
        var at = _random.Next(choices.Sum(choice => choice.Weight));
        foreach (var (name, weight) in choices)
        {
            at -= weight;
            if (at < 0)
                return name;
        }
        return choices[^1].Name;
    }
}
