using System.Globalization;
using Footfall.Drill.Ledger;

namespace Footfall.Drill.Load;

/// <summary>Makes up events: visitors that come, pause for as long as the time-out or a little less or more, and go. Thread-safe.</summary>
sealed class EventSource(int seed)
{
    const long Minute = 60_000;
    const int VisitorsAtOnce = 150;
    const int EventsOfVisitorMax = 25;

    readonly Lock _lock = new();
    readonly Random _random = new(seed);
    readonly (int Number, long Time, int Events)[] _visitors = new (int, long, int)[VisitorsAtOnce];
    readonly long _base = TimeProvider.System.GetUtcNow().AddDays(-20).ToUnixTimeMilliseconds();
    int _visitorNumber;
    int _eventNumber;

    /// <summary>A batch; now and then a single event without an id, which must not be sent again.</summary>
    public List<SentEvent> Next(int fault)
    {
        lock (_lock)
        {
            if (_random.Next(10) == 0)
                return [Make(fault, repeatable: false)];
            var size = _random.Next(4) == 0 ? _random.Next(2, 60) : 1;
            return [.. Enumerable.Range(0, size).Select(_ => Make(fault, repeatable: true))];
        }
    }

    SentEvent Make(int fault, bool repeatable)
    {
        ref var visitor = ref _visitors[_random.Next(VisitorsAtOnce)];
        if (visitor.Number == 0 || visitor.Events >= EventsOfVisitorMax)
            visitor = (++_visitorNumber, _base + _random.NextInt64(10 * 24 * 60 * Minute), 0);
        visitor = (visitor.Number, visitor.Time + Pause(), visitor.Events + 1);
        return new SentEvent(
            string.Create(CultureInfo.InvariantCulture, $"e{++_eventNumber:D8}"),
            string.Create(CultureInfo.InvariantCulture, $"v{visitor.Number}"), visitor.Time, repeatable, fault);
    }

    /// <summary>Never long enough in sum for a visit to reach a day, where the rule is another one.</summary>
    long Pause() => _random.Next(6) switch
    {
        0 => 30 * Minute,
        1 => (30 * Minute) - 1,
        2 => _random.NextInt64(50 * Minute),
        _ => 1 + _random.NextInt64(3 * Minute),
    };
}
