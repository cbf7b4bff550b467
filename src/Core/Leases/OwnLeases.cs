namespace Footfall.Core.Leases;

/// <summary>
/// The leases of a process that has its storage to itself: nobody else asks, and none is lost. Epochs are times, so that they grow over restarts:
/// storage remembers the last one. What keeps a second process out is the lock on the data folder.
/// </summary>
public sealed class OwnLeases(TimeProvider clock) : ILeases
{
    readonly Lock _gate = new();
    readonly SortedSet<string> _held = new(StringComparer.Ordinal);
    readonly Dictionary<string, long> _epochs = new(StringComparer.Ordinal);

    public ValueTask<ILease?> TryTakeAsync(string name, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_held.Add(name))
                return ValueTask.FromResult<ILease?>(null);
            var epoch = _epochs[name] = Math.Max(_epochs.GetValueOrDefault(name) + 1, clock.GetUtcNow().ToUnixTimeMilliseconds());
            return ValueTask.FromResult<ILease?>(new Held(this, name, epoch));
        }
    }

    public ValueTask<IReadOnlyList<string>> HeldAsync(string prefix, CancellationToken cancellation)
    {
        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<string>>([.. _held.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))]);
    }

    sealed class Held(OwnLeases owner, string name, long epoch) : ILease
    {
        bool _given;

        public string Name => name;

        public long Epoch => epoch;

        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync()
        {
            lock (owner._gate)
            {
                if (!_given)
                    owner._held.Remove(name);
                _given = true;
            }
            return ValueTask.CompletedTask;
        }
    }
}
