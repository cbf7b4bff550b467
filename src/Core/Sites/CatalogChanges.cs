namespace Footfall.Core.Sites;

/// <summary>What has changed in a catalog that several nodes share; the same change may be told more than once.</summary>
/// <param name="Until">Where the next reading goes on.</param>
/// <param name="IsWhole">These are all sites there are, and any key may have been removed.</param>
/// <param name="Sites">Sites that are new or other than before.</param>
/// <param name="RemovedSites">Ids of sites that are gone.</param>
/// <param name="RemovedKeys">Ids of API keys that are gone.</param>
public sealed record CatalogChanges(
    CatalogPoint Until, bool IsWhole, IReadOnlyList<Site> Sites, IReadOnlyList<int> RemovedSites, IReadOnlyList<int> RemovedKeys);
