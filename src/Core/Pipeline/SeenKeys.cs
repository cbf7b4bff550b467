namespace Footfall.Core.Pipeline;

/// <summary>
/// The keys of the deduplication window: whether an event was there before. Kept in a few generations by day of receipt, so that the oldest
/// can be let go at once. Bounded: past <paramref name="keysMax"/> the oldest generation goes early, and <see cref="OldestDay"/> says so.
/// Not thread-safe.
/// </summary>
/// <param name="windowDays">How long a key is remembered, in days.</param>
public sealed class SeenKeys(int windowDays, long keysMax)
{
    readonly List<Generation> _generations = [];

    /// <summary>How many keys are remembered.</summary>
    public long Count => _generations.Sum(generation => (long)generation.Keys.Count);

    /// <summary>The first day of receipt whose keys are all remembered; null while nothing had to be let go.</summary>
    public DateOnly? OldestDay { get; private set; }

    /// <summary>Remembers a key; false when it was there.</summary>
    public bool Add(UInt128 key, DateOnly day)
    {
        foreach (var generation in _generations)
        {
            if (generation.Keys.Contains(key))
                return false;
        }
        Current(day).Keys.Add(key);
        return true;
    }

    /// <summary>Forgets a key as if it had never been there.</summary>
    public void Remove(UInt128 key)
    {
        foreach (var generation in _generations)
            generation.Keys.Remove(key);
    }

    void LetGo()
    {
        OldestDay = _generations[0].LastDay.AddDays(1);
        _generations.RemoveAt(0);
    }

    Generation Current(DateOnly day)
    {
        while (_generations.Count > 0 && _generations[0].LastDay.AddDays(windowDays) < day)
            LetGo();
        if (_generations.Count > 1 && Count >= keysMax)
            LetGo();
        if (_generations.Count == 0 || StartsAnother(_generations[^1], day))
            _generations.Add(new Generation(day));
        var current = _generations[^1];
        if (day > current.LastDay)
            current.LastDay = day;
        return current;
    }

    bool StartsAnother(Generation current, DateOnly day) =>
        day.DayNumber - current.FirstDay.DayNumber >= Math.Max(1, windowDays / 4) || current.Keys.Count >= keysMax / 4;

    sealed class Generation(DateOnly firstDay)
    {
        public DateOnly FirstDay { get; } = firstDay;

        public DateOnly LastDay { get; set; } = firstDay;

        public HashSet<UInt128> Keys { get; } = [];
    }
}
