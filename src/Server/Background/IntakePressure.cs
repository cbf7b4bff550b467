namespace Footfall.Server.Background;

/// <summary>
/// Whether requests wait because the machine has too little to give them. Two things must be so at once: more events wait to be durable than the
/// cores can serve (with a slow disk alone that is so, and giving way would not help), and work of ordinary priority takes much of the cores (a
/// report alone does that, and nobody waits). Found from what passed since the question before, at most ten times a second.
/// </summary>
/// <param name="time">What the cores have done; null where nobody can say, and then pressure is never high.</param>
public sealed class IntakePressure(Func<MachineTime?> time, TimeProvider clock)
{
    /// <summary>Four a core: one is served, one is on its way to the disk, and the next ones of both are there already.</summary>
    const int WaitingPerCore = 4;

    /// <summary>Little enough to be reached while the work that is to give way still has its part of the cores.</summary>
    const double OrdinaryShare = 0.4;

    static readonly TimeSpan s_window = TimeSpan.FromMilliseconds(100);

    readonly Lock _gate = new();
    long _waited;
    long _waitedBefore;
    long _since = clock.GetTimestamp();
    MachineTime? _before = time();
    bool _high;

    /// <summary>In the clock's timestamps.</summary>
    public long Now => clock.GetTimestamp();

    /// <summary>A request has waited to be durable from <paramref name="begin"/> until now.</summary>
    public void Waited(long begin) => Interlocked.Add(ref _waited, clock.GetTimestamp() - begin);

    public bool IsHigh
    {
        get
        {
            lock (_gate)
            {
                var now = clock.GetTimestamp();
                if (clock.GetElapsedTime(_since, now) >= s_window)
                    Look(now);
                return _high;
            }
        }
    }

    void Look(long now)
    {
        var waited = Interlocked.Read(ref _waited);
        // Time that was waited in a stretch of time, by its length, is how many waited on average.
        var waiting = (waited - _waitedBefore) / (double)(now - _since);
        var machine = time();
        _high = waiting >= WaitingPerCore * Environment.ProcessorCount && machine is { } after && _before is { } before
            && after.Ordinary - before.Ordinary >= OrdinaryShare * (after.All - before.All);
        (_waitedBefore, _since, _before) = (waited, now, machine);
    }
}
