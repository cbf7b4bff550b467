namespace Footfall.Core.Rollups;

/// <summary>What a store has of a site, as of one moment.</summary>
/// <param name="Generation">How often everything of the site was dropped.</param>
/// <param name="Days">Oldest first.</param>
public sealed record RolledSite(long Generation, IReadOnlyList<RolledDay> Days);
