namespace Footfall.Server.Share;

/// <summary>The shared links of a site, the oldest first.</summary>
sealed record LinksDocument(IReadOnlyList<LinkDocument> Links);
