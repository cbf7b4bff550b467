using System.Globalization;

namespace Footfall.EndToEnd.Dashboard;

/// <summary>What visitors of a shop did up to now, the same for the same moment: quiet nights and weekends, campaigns, purchases, and a day that went round the world.</summary>
sealed class ShopTraffic(string site, DateTimeOffset now)
{
    const int Days = 60;
    const int VisitsADay = 110;
    const int Regulars = 1_500;
    const int VisitsNow = 24;

    static readonly int[] HourWeights = [2, 1, 1, 1, 1, 2, 3, 5, 7, 8, 8, 8, 9, 8, 8, 8, 8, 8, 9, 10, 10, 8, 6, 4];
    static readonly double[] Weekdays = [0.7, 1.05, 1.1, 1, 1.02, 0.9, 0.62];

    static readonly (string Path, string Title)[] Pages =
    [
        ("/", "Blue Mug Shop"), ("/", "Blue Mug Shop"), ("/", "Blue Mug Shop"), ("/products", "All products"), ("/products", "All products"),
        ("/products/blue-mug", "The blue mug"), ("/products/notebook", "Dotted notebook"), ("/blog/how-we-make-mugs", "How we make mugs"),
        ("/products/desk-lamp", "Desk lamp"), ("/blog", "Blog"), ("/blog/spring-sale", "Spring sale"), ("/about", "About us"), ("/cart", "Your cart"),
    ];

    static readonly string[] Entries =
    [
        "", "", "", "https://www.google.com/", "https://www.google.com/", "https://www.google.com/", "https://www.google.com/",
        "https://duckduckgo.com/", "https://www.bing.com/", "https://chatgpt.com/", "https://www.reddit.com/r/mugs/",
        "https://news.ycombinator.com/", "https://blog.friend.example/best-mugs", "?utm_source=newsletter&utm_medium=email&utm_campaign=autumn",
    ];

    static readonly string[] Networks =
    [
        "91.10.1", "84.130.2", "91.12.3", "73.15.1", "73.20.2", "86.140.1", "90.20.1", "126.30.1", "117.200.1", "189.10.1", "120.150.1", "80.60.1", "83.40.1", "130.225.1",
    ];

    static readonly string[] Screens = ["1920x1080", "1512x982", "1366x768", "390x844", "412x915", "820x1180", "2560x1440", "1440x900"];
    static readonly string[] Languages = ["de-de", "en-us", "en-gb", "fr-fr", "ja-jp", "pt-br"];

    readonly Random _random = new(5);
    readonly List<object> _events = [];

    public IReadOnlyList<object> Make()
    {
        for (var back = Days - 1; back >= 0; back--)
        {
            var day = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero).AddDays(-back);
            var busy = Weekdays[(int)day.DayOfWeek] * (1 + (0.3 * (Days - back) / Days)) * (back == 12 ? 1.9 : 1);
            for (var visits = (int)(VisitsADay * busy); visits > 0; visits--)
                Visit(day.AddHours(Hour()).AddSeconds(_random.Next(3_600)));
        }
        for (var ago = 0; ago < VisitsNow; ago++)
            Visit(now.AddSeconds(-75 * ago - 20));
        return _events;
    }

    void Visit(DateTimeOffset at)
    {
        var person = _random.Next(Regulars);
        var entry = Entries[_random.Next(Entries.Length)];
        var query = entry.StartsWith('?') ? entry : "";
        var referrer = entry.StartsWith('?') ? "" : entry;
        for (var views = 1 + Math.Min(_random.Next(6), _random.Next(6)); views > 0; views--, query = "", referrer = "", at = at.AddSeconds(_random.Next(5, 160)))
        {
            var (path, title) = Pages[_random.Next(Pages.Length)];
            Add(person, at, "pageview", path + query, title, referrer);
            if (path.StartsWith("/products/", StringComparison.Ordinal) && _random.Next(3) == 0)
                Add(person, at.AddSeconds(3), "add_to_cart", path, title, "", new { product = path[10..], color = _random.Next(2) == 0 ? "blue" : "white" });
        }
        if (_random.Next(28) == 0)
            Add(person, at, "purchase", "/thanks", "Thank you", "", null, _random.Next(900, 9_000) / 100m);
    }

    void Add(int person, DateTimeOffset at, string name, string path, string title, string referrer, object? props = null, decimal? amount = null)
    {
        if (at > now)
            return;
        var number = _events.Count.ToString(CultureInfo.InvariantCulture);
        _events.Add(new
        {
            site,
            name,
            url = $"https://{site}{path}",
            title,
            referrer,
            props,
            time = at.ToUnixTimeMilliseconds(),
            event_id = "shop-" + number,
            visitor_id = string.Create(CultureInfo.InvariantCulture, $"person-{person}"),
            address = string.Create(CultureInfo.InvariantCulture, $"{Networks[person % Networks.Length]}.{1 + (person % 250)}"),
            user_agent = Browsers.All[person % Browsers.All.Count],
            screen = Screens[person % Screens.Length],
            language = Languages[person % Languages.Length],
            engagement_ms = _random.Next(2_000, 60_000),
            order_id = amount is null ? null : "order-" + number,
            revenue = amount is null ? null : new { amount, currency = "EUR" },
        });
    }

    int Hour()
    {
        var left = _random.Next(HourWeights.Sum());
        var hour = 0;
        while ((left -= HourWeights[hour]) >= 0)
            hour++;
        return hour;
    }
}
