using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Server.Report;

/// <summary>A site in the list of all sites.</summary>
/// <param name="Site">Its id.</param>
/// <param name="Visitors">Distinct visitors of the last 24 hours.</param>
/// <param name="VisitorsBefore">Distinct visitors of the 24 hours before those.</param>
/// <param name="Spark">Distinct visitors of each of the last 24 hours, oldest first.</param>
sealed record OverviewSite(
    int Site, string Name, IReadOnlyList<string> Domains, string TimeZone, long Visitors, long VisitorsBefore, IReadOnlyList<int> Spark)
{
    static readonly int[] Quiet = new int[24];

    public static OverviewSite Of(Site site, SiteTraffic? traffic) => new(
        site.Id, site.Domain, site.Domains, site.TimeZone, traffic?.Visitors ?? 0, traffic?.VisitorsBefore ?? 0, traffic?.Hours ?? Quiet);
}
