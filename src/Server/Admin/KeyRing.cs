using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>What the bearer of a secret may do. Keys found once are remembered by hash; unknown ones are not, so that guessing fills no memory.</summary>
sealed class KeyRing(ICatalog catalog)
{
    readonly ConcurrentDictionary<string, ApiScopes> _found = new(StringComparer.Ordinal);

    /// <summary>Adds a key for this process only: the local token, or the one from the environment.</summary>
    public void Accept(string secret, ApiScopes scopes) => _found[NameOf(secret)] = scopes;

    /// <summary>The scopes of a request's <c>Authorization: Bearer</c>, or none.</summary>
    public ApiScopes ScopesOf(HttpRequest request)
    {
        var header = request.Headers.Authorization;
        if (header.Count != 1 || header[0] is not { } value || !value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
            return ApiScopes.None;
        var secret = value[7..].Trim();
        if (_found.TryGetValue(NameOf(secret), out var scopes))
            return scopes;
        if (catalog.FindKey(SHA256.HashData(Encoding.UTF8.GetBytes(secret))) is not { } key)
            return ApiScopes.None;
        Accept(secret, key.Scopes);
        return key.Scopes;
    }

    static string NameOf(string secret) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));
}
