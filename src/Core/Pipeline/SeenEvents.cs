using System.Buffers.Binary;

namespace Footfall.Core.Pipeline;

/// <summary>
/// What was counted before, by two kinds of keys. Ids of events and orders are remembered for the whole window, because a client may repeat
/// itself after weeks. Ids of hits, which only say that the same request was stored twice, are remembered for a day or two, because that happens
/// within seconds; they are stored as if they were older than they are, so that they are let go of early. Not thread-safe.
/// </summary>
public sealed class SeenEvents
{
    const int RepeatDays = 1;
    const long RepeatsMax = 4_000_000;

    readonly SeenKeys _events;
    readonly SeenKeys _hits;
    readonly int _olderBy;

    /// <param name="windowDays">How long keys of events are remembered, in days.</param>
    /// <param name="keysMax">How many of them at most; of hits, a fifth of that.</param>
    public SeenEvents(int windowDays, long keysMax)
    {
        _events = new SeenKeys(windowDays, keysMax);
        _hits = new SeenKeys(RepeatDays, Math.Min(RepeatsMax, Math.Max(1, keysMax / 5)));
        _olderBy = Math.Max(0, windowDays - RepeatDays);
    }

    /// <summary>Takes in what the warehouse has, oldest day first.</summary>
    /// <param name="today">The day of receipt of the newest hit in the warehouse.</param>
    public void Load(IEnumerable<(UInt128 Key, DateOnly Day)> keys, DateOnly today)
    {
        foreach (var (key, day) in keys)
        {
            _events.Add(key, day);
            // Which kind a key is was not stored: what is old enough to be a hit's is taken for both.
            if (day.AddDays(_olderBy) <= today)
                _hits.Add(key, day.AddDays(_olderBy));
        }
    }

    /// <summary>Remembers an event's key; false when it was there.</summary>
    /// <param name="stored">Gets the key as it is to be stored.</param>
    public bool Add(UInt128 key, DateOnly day, List<(UInt128 Key, DateOnly Day)> stored) => Add(_events, key, day, day, stored);

    /// <summary>Remembers a hit's id; false when it was there.</summary>
    /// <param name="stored">Gets the key as it is to be stored.</param>
    public bool AddHit(Guid id, DateOnly day, List<(UInt128 Key, DateOnly Day)> stored)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return Add(_hits, BinaryPrimitives.ReadUInt128BigEndian(bytes), day, day.AddDays(-_olderBy), stored);
    }

    /// <summary>Takes back the keys that were added last, of a hit that came to nothing; they leave the list as well.</summary>
    /// <param name="from">How many of the list stay.</param>
    public void TakeBack(List<(UInt128 Key, DateOnly Day)> stored, int from)
    {
        for (var index = from; index < stored.Count; index++)
        {
            _events.Remove(stored[index].Key);
            _hits.Remove(stored[index].Key);
        }
        stored.RemoveRange(from, stored.Count - from);
    }

    static bool Add(SeenKeys seen, UInt128 key, DateOnly day, DateOnly storedDay, List<(UInt128 Key, DateOnly Day)> stored)
    {
        if (!seen.Add(key, day))
            return false;
        stored.Add((key, storedDay));
        return true;
    }
}
