using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Footfall.Core.Hits;
using Footfall.Core.Sites;

namespace Footfall.Tests.Simulation;

/// <summary>A seeded stretch of traffic as the collector would log it: visits with pauses of every length, duplicates, late and reordered deliveries, bots.</summary>
sealed class SimulatedTraffic
{
    public const long Start = 1_774_706_400_000; // 2026-03-28T14:00:00Z: Berlin's clocks go forward the night after.
    const long Minute = 60_000;

    readonly Random _random;
    readonly List<SimulatedEvent> _deliveries = [];

    public SimulatedTraffic(int seed, int visitors = 120, int runs = 4)
    {
        _random = new Random(seed);
        for (var visitor = 0; visitor < visitors; visitor++)
        {
            for (var run = 0; run < runs; run++)
                AddRun((ulong)visitor + 1, run, site: 1 + (visitor % 2), isBot: visitor % 17 == 0);
        }
        Deliver();
    }

    /// <summary>In the order in which they reach the log; an event may come more than once.</summary>
    public IReadOnlyList<SimulatedEvent> Deliveries => _deliveries;

    /// <summary>The sites that the traffic is of.</summary>
    public static SiteDirectory Sites()
    {
        var sites = new SiteDirectory();
        sites.Load(
        [
            new Site(1, ["site1.example"], "Europe/Berlin", "EUR", SiteSettings.Default),
            new Site(2, ["site2.example"], "America/New_York", "USD", SiteSettings.Default),
        ]);
        return sites;
    }

    /// <summary>The deliveries as records of the log, a few to each.</summary>
    public IEnumerable<byte[]> Records()
    {
        for (var at = 0; at < _deliveries.Count;)
        {
            // A request is received at one moment: what came hours later is not in it.
            var first = _deliveries[at].ReceivedAt;
            var taken = _deliveries.Skip(at).Take(_random.Next(1, 8)).TakeWhile(one => one.ReceivedAt - first < Minute).ToList();
            at += taken.Count;
            var output = new ArrayBufferWriter<byte>();
            var receivedAt = taken[^1].ReceivedAt;
            HitBatchCodec.Write(output, new HitBatch(Guid.Empty, receivedAt, "de-DE", [.. taken.Select(HitOf)]));
            yield return output.WrittenSpan.ToArray();
        }
    }

    void AddRun(ulong visitor, int run, int site, bool isBot)
    {
        var time = Start + _random.NextInt64(30 * 60 * Minute);
        var pages = _random.Next(1, 9);
        var session = visitor % 5 == 0 ? string.Create(CultureInfo.InvariantCulture, $"{visitor}.{run}") : null;
        for (var page = 0; page < pages; page++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{visitor}-{run}-{time}-{page}");
            var isPageView = _random.Next(4) > 0;
            _deliveries.Add(new SimulatedEvent(
                site, visitor, id, isPageView ? "pageview" : "click", $"/page-{_random.Next(12)}", time, ReceivedAfter(time), isBot,
                _random.Next(3) == 0 ? string.Create(CultureInfo.InvariantCulture, $"letter-{_random.Next(5)}") : null, session));
            // Pauses on both sides of the time-out, and exactly at it.
            time += _random.Next(5) switch { 0 => 30 * Minute, 1 => (30 * Minute) - 1, 2 => _random.NextInt64(50 * Minute), _ => _random.NextInt64(5 * Minute) };
        }
    }

    long ReceivedAfter(long time) => time + _random.Next(10) switch
    {
        0 => _random.NextInt64(40 * 60 * Minute),
        1 => _random.NextInt64(90 * Minute),
        _ => _random.NextInt64(2_000),
    };

    void Deliver()
    {
        var again = _deliveries.Where(_ => _random.Next(6) == 0)
            .Select(sent => sent with { ReceivedAt = sent.ReceivedAt + _random.NextInt64(20 * 60 * Minute) })
            .ToList();
        _deliveries.AddRange(again);
        _deliveries.Sort((left, right) => left.ReceivedAt.CompareTo(right.ReceivedAt));
    }

    static Hit HitOf(SimulatedEvent sent) => new()
    {
        Site = sent.Site,
        Visitor = sent.Visitor,
        Identity = VisitorIdentity.Client,
        Protocol = HitProtocol.Native,
        UserAgent = sent.IsBot ? "bot" : "browser",
        Address = IPAddress.Parse("192.0.2.0"),
        Payload = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                name = sent.Name,
                url = $"https://site{sent.Site}.example{sent.Page}{(sent.Campaign is null ? "" : "?utm_source=" + sent.Campaign)}",
                event_id = sent.Id,
                time = sent.Time,
                visitor_id = "v",
                session_id = sent.Session ?? "",
            }),
    };
}
