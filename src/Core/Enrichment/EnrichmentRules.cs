namespace Footfall.Core.Enrichment;

/// <summary>The rules data that the steps look things up in; with the program's own logic, what decides the numbers.</summary>
public sealed record EnrichmentRules(IUserAgents Agents, IGeography Geography, KnownSources Sources);
