namespace Footfall.Core.Sites;

/// <summary>A key as the catalog knows it; the secret itself is shown once and never stored.</summary>
/// <param name="Prefix">The first characters of the secret, enough for a person to tell keys apart.</param>
public sealed record ApiKey(string Prefix, string Label, ApiScopes Scopes, DateTimeOffset CreatedAt);
