using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>A site as the API shows it.</summary>
sealed record SiteDocument(int Id, IReadOnlyList<string> Domains, string TimeZone, string Currency, SiteSettings Settings)
{
    public static SiteDocument Of(Site site) => new(site.Id, site.Domains, site.TimeZone, site.Currency, site.Settings);
}
