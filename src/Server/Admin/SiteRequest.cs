using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>What may be said of a site when it is made or changed. What is left out keeps its value, or gets the default.</summary>
sealed record SiteRequest(IReadOnlyList<string>? Domains, string? TimeZone, string? Currency, SiteSettings? Settings);
