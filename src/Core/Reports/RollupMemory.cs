using Footfall.Core.Rollups;

namespace Footfall.Core.Reports;

/// <summary>
/// The slices that reports have asked for, in memory and ready to be added up, so that a question over closed days reads nothing from the store. Bounded:
/// the sites not asked about for longest go first. What is stored under another edition is read anew, so nothing here can be stale. Thread-safe.
/// </summary>
/// <param name="bytesMax">About how many bytes it may take.</param>
public sealed class RollupMemory(IRollupStore store, long bytesMax) : IDisposable
{
    // A site's questions take turns; those of different sites seldom do.
    readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 32).Select(_ => new SemaphoreSlim(1, 1))];

    readonly Lock _gate = new();
    readonly Dictionary<int, SiteRollups> _sites = [];
    long _uses;

    /// <summary>Bytes that are taken, about.</summary>
    public long Size
    {
        get
        {
            lock (_gate)
                return _sites.Values.Sum(site => site.Size);
        }
    }

    /// <param name="closed">Days with a rollup, oldest first.</param>
    /// <param name="open">What the warehouse says of days without one.</param>
    /// <returns>Null when a day's rollup is not there any more.</returns>
    internal async ValueTask<LoadedRollups?> LoadAsync(
        int site, long generation, Dimension? dimension, IReadOnlyList<RolledDay> closed, IReadOnlyList<DraftSlice> open, CancellationToken cancellation)
    {
        SiteRollups rollups;
        lock (_gate)
        {
            if (!_sites.TryGetValue(site, out var known) || known.Generation != generation)
                _sites[site] = known = new SiteRollups(site, generation, store);
            known.LastUse = ++_uses;
            rollups = known;
        }
        var turn = _turns[site % _turns.Length];
        await turn.WaitAsync(cancellation);
        try
        {
            return await rollups.LoadAsync(dimension?.Id, closed, open, cancellation);
        }
        finally
        {
            turn.Release();
            lock (_gate)
                Trim();
        }
    }

    public void Dispose()
    {
        foreach (var turn in _turns)
            turn.Dispose();
    }

    void Trim()
    {
        var size = _sites.Values.Sum(site => site.Size);
        while (size > bytesMax)
        {
            var (site, oldest) = _sites.MinBy(pair => pair.Value.LastUse);
            _sites.Remove(site);
            size -= oldest.Size;
        }
    }
}
