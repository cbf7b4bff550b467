using Footfall.Core.Enrichment;
using Footfall.Core.Hits;

namespace Footfall.Tests.Contracts;

/// <summary>Random but repeatable traffic of two sites, with what goes wrong in life: bots, missing values, visits over midnight, refunds.</summary>
static class Traffic
{
    static readonly string[] Pages = ["/", "/a", "/b", "/shop/basket", "/Ünï", ""];
    static readonly string[] Names = ["pageview", "pageview", "pageview", "engagement", "click", "purchase", "refund"];
    static readonly string?[] Props =
    [
        null, "{}", """{"plan":"pro","price":12.5}""", """{"plan":"free","price":"3"}""", """{"plan":"","a/b~c":"odd","done":true}""",
        """{"plan":null,"price":"many"}""",
    ];

    public static List<Event> Random(int seed, DateTime from, DateTime to, int visitors)
    {
        var random = new Random(seed);
        var events = new List<Event>();
        for (var visitor = 1; visitor <= visitors; visitor++)
            AddVisitor(random, events, visitor, from, to);
        return events;
    }

    static void AddVisitor(Random random, List<Event> events, int visitor, DateTime from, DateTime to)
    {
        var site = random.Next(5) == 0 ? 2 : 1;
        var bot = random.Next(8) == 0 ? (random.Next(2) == 0 ? "crawler: X" : "monitor") : null;
        var identity = (VisitorIdentity)random.Next(3);
        var minutes = (int)(to - from).TotalMinutes;
        for (var visits = random.Next(1, 4); visits > 0; visits--)
        {
            var at = from.AddMinutes(random.Next(minutes)).AddMilliseconds(random.Next(60_000));
            // Some visits of a person are within what a bot calls a visit: a visitor can be both.
            AddVisit(random, events, site, (ulong)visitor * 0x9E3779B97F4A7C15, identity, random.Next(6) == 0 ? null : bot, at);
        }
    }

    static void AddVisit(Random random, List<Event> events, int site, ulong visitor, VisitorIdentity identity, string? bot, DateTime at)
    {
        var visit = events.Count + 1L;
        var first = new
        {
            Source = new TrafficSource(Pick(random, "google", "(direct)", "news"), Pick(random, "organic", "(none)"), Pick(random, "", "spring"),
                Pick(random, "", "c1"), Pick(random, "", "t1"), Pick(random, "Direct", "Organic Search"), Pick(random, "", "https://x.example/")),
            Place = new Place(Pick(random, "DE", "NP", "(unknown)"), Pick(random, "Bayern", "(unknown)"), Pick(random, "München", "(unknown)")),
            Device = new Device(Pick(random, "Firefox", "Chrome"), Pick(random, "", "128", "9"), Pick(random, "Linux", "iOS"), Pick(random, "", "17.4"),
                Pick(random, "desktop", "mobile")),
            Screen = Pick(random, "xs", "lg"),
            Language = Pick(random, "de-de", "en-us"),
        };
        for (var count = random.Next(1, 7); count > 0; count--)
        {
            events.Add(Made(random, site, visitor, identity, bot, at, visit, events.Count + 1));
            var made = events[^1];
            (made.Source, made.Place, made.Device) = (first.Source, first.Place, first.Device);
            (made.ScreenClass, made.Language) = (first.Screen, first.Language);
            at = at.AddMilliseconds(random.Next(3) == 0 ? 0 : random.Next(29 * 60_000));
        }
    }

    static Event Made(Random random, int site, ulong visitor, VisitorIdentity identity, string? bot, DateTime at, long visit, long sequence)
    {
        var name = Pick(random, Names);
        var money = name is "purchase" or "refund";
        return new Event
        {
            Site = site,
            Sequence = sequence,
            LogOffset = sequence * 10,
            ReceivedAt = Milliseconds(at) + 50,
            Visitor = visitor,
            Identity = identity,
            OccurredAt = Milliseconds(at),
            Visit = visit,
            Name = name,
            Hostname = Pick(random, "example.com", "shop.example.com"),
            Page = Pick(random, Pages),
            Title = Pick(random, null, "", "Home"),
            EngagementMs = name == "engagement" ? random.Next(15_000) : 0,
            Interactive = name != "engagement",
            KeyEvent = name == "purchase",
            RevenueMicros = money && random.Next(5) > 0 ? (name == "refund" ? -1 : 1) * random.NextInt64(500_000_000)
                : name == "click" ? 1_000_000 : null,
            Currency = money ? Pick(random, "EUR", "USD") : null,
            OrderId = money ? Pick(random, null, "o" + sequence) : null,
            Items = name is "purchase" or "click" ? [new SentItem("i", "Item", null, null, null, 1, random.Next(1, 4))] : [],
            Props = Pick(random, Props),
            Bot = bot,
        };
    }

    static long Milliseconds(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;

    static T Pick<T>(Random random, params T[] of) => of[random.Next(of.Length)];
}
