using System.Collections.Frozen;
using Footfall.Core.Reports;

namespace Footfall.Server.Report;

/// <summary>The traffic of all sites as it was at one moment.</summary>
sealed class CountedTraffic(DateTimeOffset countedAt, IReadOnlyList<SiteTraffic> traffic)
{
    readonly FrozenDictionary<int, SiteTraffic> _bySite = traffic.ToFrozenDictionary(site => site.Site);

    public DateTimeOffset CountedAt => countedAt;

    /// <summary>Null for a site without visitors.</summary>
    public SiteTraffic? Of(int site) => _bySite.GetValueOrDefault(site);
}
