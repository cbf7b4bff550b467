namespace Footfall.Core.Accounts;

/// <summary>A key as the catalog knows it; the secret itself is shown once and never stored.</summary>
/// <param name="Id">Assigned by the catalog, never reused.</param>
/// <param name="Account">Whose sites it reaches.</param>
/// <param name="Prefix">The first characters of the secret, enough for a person to tell keys apart.</param>
/// <param name="LastUsedAt">To the minute; null when it was never used.</param>
public sealed record ApiKey(int Id, int Account, string Prefix, string Label, ApiScopes Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt);
