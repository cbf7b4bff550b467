namespace Footfall.Core.Warehouse;

/// <summary>What one version of logic and rules has made of a site.</summary>
/// <param name="From">The first local day on which there is something of it.</param>
/// <param name="To">The last one.</param>
/// <param name="Days">How many days there are.</param>
public sealed record DefinedDays(int Site, string Version, DateOnly From, DateOnly To, long Days);
