namespace Footfall.Server.Admin;

/// <summary>A page of the list of sites.</summary>
/// <param name="Total">How many there are in all that match the search.</param>
sealed record SitesDocument(IReadOnlyList<SiteDocument> Sites, int Total);
