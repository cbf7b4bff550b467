using System.Diagnostics;

namespace Footfall.Drill.Ledger;

/// <summary>
/// The ledger kept outside: every event that was sent, and which of them a server said it has. Nothing here is ever asked of the server.
/// Thread-safe.
/// </summary>
sealed class AcknowledgedEvents
{
    static readonly TimeSpan ShortestOutage = TimeSpan.FromMilliseconds(100);

    readonly Lock _lock = new();
    readonly Dictionary<string, SentEvent> _sent = new(StringComparer.Ordinal);
    readonly HashSet<string> _acknowledged = new(StringComparer.Ordinal);
    readonly Dictionary<string, (int Sent, int Acknowledged)> _sendings = new(StringComparer.Ordinal);
    long _lastAnswer = Stopwatch.GetTimestamp();
    TimeSpan _outage;
    TimeSpan _longestGap;

    /// <summary>Requests answered 202.</summary>
    public long Answers { get; private set; }

    public void Sent(IEnumerable<SentEvent> events)
    {
        lock (_lock)
        {
            foreach (var sent in events)
            {
                _sent.TryAdd(sent.Id, sent);
                Count(sent.Id, (1, 0));
            }
        }
    }

    public void Acknowledge(IEnumerable<SentEvent> events)
    {
        lock (_lock)
        {
            foreach (var sent in events)
            {
                _acknowledged.Add(sent.Id);
                Count(sent.Id, (0, 1));
            }
            Answers++;
            AddGap();
        }
    }

    /// <summary>How long nothing was acknowledged since the last call, in gaps too long for chance.</summary>
    public TimeSpan TakeOutage()
    {
        lock (_lock)
        {
            AddGap();
            var outage = _outage;
            _outage = default;
            return outage;
        }
    }

    /// <summary>The longest time in which nothing was acknowledged since the last call.</summary>
    public TimeSpan TakeLongestGap()
    {
        lock (_lock)
        {
            AddGap();
            var longest = _longestGap;
            _longestGap = default;
            return longest;
        }
    }

    /// <summary>Everything as it is now: by id, and whether it was acknowledged.</summary>
    public IReadOnlyList<(SentEvent Event, bool Acknowledged)> Snapshot()
    {
        lock (_lock)
            return [.. _sent.Values.Select(sent => (sent, _acknowledged.Contains(sent.Id)))];
    }

    /// <summary>How often each event was sent, and how often that was acknowledged: every sending is a hit of its own.</summary>
    public IReadOnlyList<(string Id, int Sent, int Acknowledged)> Sendings()
    {
        lock (_lock)
            return [.. _sendings.Select(sent => (sent.Key, sent.Value.Sent, sent.Value.Acknowledged))];
    }

    void Count(string id, (int Sent, int Acknowledged) more)
    {
        var (sent, acknowledged) = _sendings.GetValueOrDefault(id);
        _sendings[id] = (sent + more.Sent, acknowledged + more.Acknowledged);
    }

    void AddGap()
    {
        var gap = Stopwatch.GetElapsedTime(_lastAnswer);
        if (gap > ShortestOutage)
            _outage += gap;
        if (gap > _longestGap)
            _longestGap = gap;
        _lastAnswer = Stopwatch.GetTimestamp();
    }
}
