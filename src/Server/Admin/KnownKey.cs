namespace Footfall.Server.Admin;

/// <summary>A key that was used since the process began.</summary>
sealed class KnownKey(int id, Caller caller)
{
    long _used;

    public int Id => id;

    public Caller Caller => caller;

    public void Use(DateTimeOffset now) => Volatile.Write(ref _used, now.ToUnixTimeMilliseconds());

    /// <summary>When it was last used, once; null when it was not used since the last call.</summary>
    public DateTimeOffset? TakeUse() => Interlocked.Exchange(ref _used, 0) is > 0 and var used ? DateTimeOffset.FromUnixTimeMilliseconds(used) : null;
}
