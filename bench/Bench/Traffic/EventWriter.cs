using System.Text;

namespace Footfall.Bench.Traffic;

/// <summary>Events as a site's visitors make them, the same for the same seed: pages by popularity, sources, campaigns, screens, languages.</summary>
sealed class EventWriter(int seed)
{
    /// <summary>Stand where the ids are stamped later.</summary>
    public const char IdMark = '\u0001';
    public const char VisitorMark = '\u0002';

    const int Pages = 2_000;

    static readonly string[] Referrers =
    [
        "https://www.google.com/", "https://www.bing.com/", "https://duckduckgo.com/", "https://t.co/abc", "https://www.facebook.com/",
        "https://news.ycombinator.com/item?id=1", "https://www.reddit.com/r/programming/", "https://chatgpt.com/", "https://partner.example/links",
    ];

    static readonly string[] Campaigns = ["spring", "launch", "newsletter-41", "retargeting"];
    static readonly string[] Screens = ["1920x1080", "1440x900", "390x844", "412x915", "820x1180", "2560x1440"];
    static readonly string[] Languages = ["en-us", "en-gb", "de-de", "fr-fr", "es-es", "pt-br", "ja-jp", "nl-nl"];
    static readonly string[] Actions = ["scroll", "signup", "search", "download", "add_to_cart"];

    readonly Random _random = new(seed);
    readonly string _idMarks = new(IdMark, Load.RequestTemplate.Digits);
    readonly string _visitorMarks = new(VisitorMark, Load.RequestTemplate.Digits);

    /// <param name="bytes">Filled up to this length with a title, when it is shorter.</param>
    public void Write(StringBuilder into, string site, int bytes = 0)
    {
        var begin = into.Length;
        var page = Page();
        var name = _random.Next(100) switch { < 85 => "pageview", < 99 => Actions[_random.Next(Actions.Length)], _ => "purchase" };
        into.Append($"{{\"site\":\"{site}\",\"name\":\"{name}\",\"url\":\"https://{site}/articles/{page}{Campaign()}\"");
        into.Append($",\"event_id\":\"{_idMarks}\",\"visitor_id\":\"v{_visitorMarks}\"");
        if (_random.Next(2) == 0)
            into.Append($",\"referrer\":\"{Referrers[_random.Next(Referrers.Length)]}\"");
        if (name == "purchase")
            into.Append($",\"revenue\":{{\"amount\":{_random.Next(5, 300)}.90,\"currency\":\"EUR\"}}");
        into.Append($",\"screen\":\"{Screens[_random.Next(Screens.Length)]}\",\"language\":\"{Languages[_random.Next(Languages.Length)]}\"");
        into.Append($",\"title\":\"Article {page} of the example site");
        into.Append(' ', Math.Max(0, bytes - (into.Length - begin) - 2)).Append("\"}");
    }

    /// <summary>The more popular, the lower the number: a squared uniform is close enough to how pages are read.</summary>
    int Page()
    {
        var uniform = _random.NextDouble();
        return (int)(uniform * uniform * Pages);
    }

    string Campaign() => _random.Next(100) < 15
        ? $"?utm_source=mail&utm_medium=email&utm_campaign={Campaigns[_random.Next(Campaigns.Length)]}"
        : "";
}
