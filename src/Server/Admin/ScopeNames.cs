using Footfall.Core.Accounts;

namespace Footfall.Server.Admin;

/// <summary>The scopes as the API names them.</summary>
static class ScopeNames
{
    static readonly (string Name, ApiScopes Scope)[] All =
        [("events:write", ApiScopes.Import), ("reports:read", ApiScopes.Read), ("sites:admin", ApiScopes.Admin)];

    public static IReadOnlyList<string> Known { get; } = [.. All.Select(pair => pair.Name)];

    public static IReadOnlyList<string> Of(ApiScopes scopes) => [.. All.Where(pair => scopes.HasFlag(pair.Scope)).Select(pair => pair.Name)];

    /// <summary>Null when one of them is unknown.</summary>
    public static ApiScopes? Parse(IEnumerable<string?> names)
    {
        var scopes = ApiScopes.None;
        foreach (var name in names)
        {
            if (All.FirstOrDefault(pair => pair.Name == name) is not { Scope: not ApiScopes.None } known)
                return null;
            scopes |= known.Scope;
        }
        return scopes;
    }
}
