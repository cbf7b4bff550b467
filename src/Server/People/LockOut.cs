namespace Footfall.Server.People;

/// <summary>
/// Slows guessing down. After a few failures under one name, an account's or an address's, each further one makes the next attempt wait twice as
/// long, up to five minutes; an hour without failures forgets them. Holds at most a fixed number of names, so that guessing fills no memory.
/// </summary>
public sealed class LockOut(TimeProvider clock)
{
    const int NamesMax = 10_000;

    static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);
    static readonly TimeSpan ForgetAfter = TimeSpan.FromHours(1);

    readonly Lock _lock = new();
    readonly Dictionary<string, (int Failures, DateTimeOffset Last)> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Counts an attempt as failed until it is forgiven, so that attempts made at once count as well as those made in a row.</summary>
    /// <param name="free">How many failures cost nothing.</param>
    /// <returns>0 when it may be made, otherwise after how many seconds; then it is not counted.</returns>
    public int Begin(string name, int free)
    {
        var now = clock.GetUtcNow();
        lock (_lock)
        {
            var (failures, last) = _names.TryGetValue(name, out var known) && now - known.Last < ForgetAfter ? known : default;
            var wait = last + WaitAfter(failures - free) - now;
            if (wait > TimeSpan.Zero)
                return (int)Math.Ceiling(wait.TotalSeconds);
            if (_names.Count >= NamesMax && !_names.ContainsKey(name))
                DropOldest();
            _names[name] = (failures + 1, now);
            return 0;
        }
    }

    /// <summary>The attempt was good: all failures before it are forgotten.</summary>
    public void Clear(string name)
    {
        lock (_lock)
            _names.Remove(name);
    }

    /// <summary>The attempt was good, but only it: an address that knows one password may still be guessing others.</summary>
    public void Forgive(string name)
    {
        lock (_lock)
        {
            if (_names.TryGetValue(name, out var known))
                _names[name] = known with { Failures = Math.Max(0, known.Failures - 1) };
        }
    }

    static TimeSpan WaitAfter(int beyond) =>
        beyond < 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, Math.Min(beyond, 30))));

    void DropOldest()
    {
        foreach (var (name, _) in _names.OrderBy(pair => pair.Value.Last).Take(NamesMax / 10).ToList())
            _names.Remove(name);
    }
}
