namespace Footfall.Server.Rebuild;

/// <summary>What to make anew.</summary>
/// <param name="Sites">Domains or ids; none is all of them.</param>
/// <param name="From">The first local day; null is since ever.</param>
/// <param name="To">The last local day; null is until now.</param>
/// <param name="DryRun">Only the difference is wanted.</param>
/// <param name="Switch">The new version goes live as soon as the difference is known.</param>
sealed record RebuildRequest(IReadOnlyList<string>? Sites = null, DateOnly? From = null, DateOnly? To = null, bool DryRun = false, bool Switch = false);
