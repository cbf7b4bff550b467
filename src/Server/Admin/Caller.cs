using Footfall.Core.Accounts;
using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>Who asks, once <see cref="Access"/> has found out: a person, a key, the holder of a view, or the operator.</summary>
/// <param name="Account">Whose sites the caller reaches.</param>
/// <param name="Role">Of a person or the operator.</param>
/// <param name="Scopes">Of a key or the operator.</param>
public sealed record Caller(int Account, Role? Role = null, ApiScopes Scopes = ApiScopes.None)
{
    /// <summary>Who runs the server: may do everything in the first account.</summary>
    public static readonly Caller Operator = new(Core.Accounts.Account.First, Core.Accounts.Role.Owner, ApiScopes.All);

    public Member? Person { get; init; }

    public Session? Session { get; init; }

    public SharedView? View { get; init; }

    /// <summary>The caller of a request that <see cref="Access"/> has let through.</summary>
    public static Caller Of(HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("A route asks who calls it and needs nobody");

    public bool Owns(Site site) => site.Account == Account;

    public bool Has(Role role) => Role >= role;

    public bool Meets(Need need) => need.Kind switch
    {
        NeedKind.Nothing or NeedKind.Anybody => true,
        NeedKind.Person => Person is not null,
        NeedKind.Operator => ReferenceEquals(this, Operator),
        _ when View is not null => need.Sharing == Sharing.Narrowed || (need.Sharing == Sharing.Whole && View.Filters.Count == 0),
        _ => Has(need.Role) || (need.Scope != ApiScopes.None && Scopes.HasFlag(need.Scope)),
    };

    /// <summary>Whether a site exists for the caller; another account's does not.</summary>
    public bool Reaches(Site site) => Owns(site) && (View is null || View.Site == site.Id);
}
