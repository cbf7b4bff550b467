namespace Footfall.Core.Sites;

/// <summary>How far a follower has read the changes of a catalog.</summary>
/// <param name="Server">Who told it. Points of two servers, or of one before and after it became another, cannot be compared.</param>
/// <param name="Transaction">All changes of earlier transactions have been read.</param>
public sealed record CatalogPoint(string Server, ulong Transaction);
