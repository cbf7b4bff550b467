namespace Footfall.Server.Report;

/// <summary>A page of the list of all sites.</summary>
/// <param name="Total">How many there are in all that match the search.</param>
/// <param name="AsOf">When the numbers were counted: at most a minute ago.</param>
sealed record OverviewDocument(IReadOnlyList<OverviewSite> Sites, int Total, DateTimeOffset AsOf);
