namespace Footfall.Server.Cli.Wire;

/// <summary>One page of the sites.</summary>
public sealed record SiteListAnswer(IReadOnlyList<SiteAnswer> Sites, long Total);
