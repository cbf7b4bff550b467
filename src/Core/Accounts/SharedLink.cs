namespace Footfall.Core.Accounts;

/// <summary>An address that shows one site's reports to whoever has it.</summary>
/// <param name="Token">Kept as it is, unlike other secrets: it opens nothing but reports, and must be shown again to whoever shares them.</param>
/// <param name="Password">The hash of the password that is asked for; null when the link suffices.</param>
/// <param name="Filters">JSON of the filters that every report is narrowed by; <c>[]</c> is none.</param>
public sealed record SharedLink(int Id, int Site, string Name, string Token, string? Password, string Filters);
