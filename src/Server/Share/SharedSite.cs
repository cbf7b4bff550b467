using Footfall.Core.Sites;

namespace Footfall.Server.Share;

/// <summary>What anybody with a link may know of a site beside its reports.</summary>
sealed record SharedSite(int Id, string Name, IReadOnlyList<string> Domains, string TimeZone, string Currency)
{
    public static SharedSite Of(Site site) => new(site.Id, site.Domain, site.Domains, site.TimeZone, site.Currency);
}
