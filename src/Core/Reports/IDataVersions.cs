using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>
/// Which state of a site's data a report would be answered from. A version is read <em>before</em> the data is, and names every commit that can be in an
/// answer so far: an answer kept under a version is never older than the version says. Versions are compared for equality only, and never come back: not
/// after a restart, and not in another process, unless they mean the same data. Thread-safe.
/// Implementations: in process, told by the processor (embedded); read off the files of the warehouse (cluster).
/// </summary>
public interface IDataVersions
{
    /// <summary>
    /// Received time up to which everything is in what versions name from now on: read before a version, it holds for every answer kept under that
    /// version. Null where somebody else knows it better, or nothing has been worked off.
    /// </summary>
    DateTimeOffset? CompleteUntil { get; }

    /// <summary>
    /// The version of what a site's local days say, both included. It moves with every event of those days, with every event of a visit that has events
    /// on those days, and whenever somebody of the site is forgotten.
    /// </summary>
    /// <returns>Printable ASCII without spaces, 60 characters at most; null when it is not known, and nothing may be kept.</returns>
    ValueTask<string?> OfAsync(Site site, DateRange days, CancellationToken cancellation);
}
