using Footfall.Core.Accounts;

namespace Footfall.Server.Admin;

/// <summary>What a route asks of its caller. Every route declares one; the server does not start with one that declares none.</summary>
/// <param name="Kind">Whether anybody is asked for at all.</param>
/// <param name="Role">What a person must at least be.</param>
/// <param name="Scope">What a key must have; none keeps every key out.</param>
/// <param name="Sharing">What is shown to who has a shared link or an embed token.</param>
public sealed record Need(NeedKind Kind, Role Role = Role.Viewer, ApiScopes Scope = ApiScopes.None, Sharing Sharing = Sharing.None)
{
    /// <summary>Events, files and health: nothing of the request is looked at.</summary>
    public static readonly Need Nothing = new(NeedKind.Nothing);

    /// <summary>The ways in, for who is nobody yet.</summary>
    public static readonly Need Anybody = new(NeedKind.Anybody);

    /// <summary>Whoever is signed in, for what is theirs.</summary>
    public static readonly Need Person = new(NeedKind.Person);

    /// <summary>Who runs the server, with the token of its data folder or the key of its environment.</summary>
    public static readonly Need Operator = new(NeedKind.Operator);

    public static readonly Need Reading = Of(Role.Viewer, ApiScopes.Read);

    public static Need Of(Role role, ApiScopes scope = ApiScopes.None, Sharing sharing = Sharing.None) => new(NeedKind.Member, role, scope, sharing);
}
