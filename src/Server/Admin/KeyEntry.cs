using Footfall.Core.Accounts;

namespace Footfall.Server.Admin;

/// <summary>A key as the API lists it.</summary>
/// <param name="Prefix">How its secret begins.</param>
sealed record KeyEntry(int Id, string Name, string Prefix, IReadOnlyList<string> Scopes, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt)
{
    public static KeyEntry Of(ApiKey key) => new(key.Id, key.Label, key.Prefix, ScopeNames.Of(key.Scopes), key.CreatedAt, key.LastUsedAt);
}
