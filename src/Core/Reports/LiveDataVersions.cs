using System.Collections.Concurrent;
using System.Globalization;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Versions in the memory of the process that writes the warehouse. Each change takes the next number, and the version of some days is the largest
/// number of theirs: it costs the writer a few entries a commit, whatever is asked, and a commit to one site or one day leaves the versions of the others
/// as they are. Of days changed long ago the largest number counts for all days: a version may move for nothing, never stay by mistake. Thread-safe.
/// </summary>
/// <param name="epoch">Of this process alone, so that versions of another run are never met: printable ASCII without spaces, 40 characters at most.</param>
public sealed class LiveDataVersions(string epoch) : IDataVersions
{
    readonly ConcurrentDictionary<int, DayVersions> _sites = new();
    long _last;
    long _everything;

    /// <summary>The processor in the same process knows it.</summary>
    public DateTimeOffset? CompleteUntil => null;

    public ValueTask<string?> OfAsync(Site site, DateRange days, CancellationToken cancellation)
    {
        var version = Math.Max(Volatile.Read(ref _everything), _sites.TryGetValue(site.Id, out var known) ? known.Of(days) : 0);
        return new(string.Create(CultureInfo.InvariantCulture, $"{epoch}-{version}"));
    }

    /// <summary>Some days changed, in one commit.</summary>
    public void Move(IEnumerable<SiteDay> days)
    {
        var version = Interlocked.Increment(ref _last);
        foreach (var day in days)
            _sites.GetOrAdd(day.Site, _ => new DayVersions()).Move(day.Day, version);
    }

    /// <summary>All days of a site changed.</summary>
    public void Move(int site) => _sites.GetOrAdd(site, _ => new DayVersions()).MoveAll(Interlocked.Increment(ref _last));

    /// <summary>Everything may have changed.</summary>
    public void MoveAll() => Volatile.Write(ref _everything, Interlocked.Increment(ref _last));
}
