using Footfall.Core.Accounts;
using Footfall.Server.Admin;

namespace Footfall.Server.People;

/// <summary>Links that work once: to sign up as the first owner, and to sign in without a password. Addresses are relative to the server's.</summary>
public sealed class EntryLinks(IPeople people, TimeProvider clock)
{
    const string DemoEmail = "demo@footfall.invalid";

    static readonly TimeSpan SignUpFor = TimeSpan.FromDays(7);
    static readonly TimeSpan EnterFor = TimeSpan.FromMinutes(30);
    static readonly TimeSpan DemoFor = TimeSpan.FromDays(1);

    /// <summary>The address at which the first owner signs up; null when somebody has.</summary>
    public string? ForSignUp() => people.HasMembers ? null : "/signup?token=" + Make(null, SignUpFor);

    public string For(Member member) => "/enter?token=" + Make(member.Id, EnterFor);

    /// <summary>The address that opens a page as the owner, who is made where there is none.</summary>
    public string ForDemo(string page)
    {
        var owner = people.Members(Account.First).FirstOrDefault(member => member.Role == Role.Owner)
            ?? people.AddMember(Account.First, "Demo", DemoEmail, Role.Owner, password: null)
            ?? throw new UserErrorException("The demo's owner cannot be made: its address belongs to a member of another account");
        return $"/enter?token={Make(owner.Id, DemoFor)}&to={Uri.EscapeDataString(page)}";
    }

    /// <summary>The link of a token, if it still works.</summary>
    public OneTimeLink? Find(string? token) =>
        token is { Length: > 0 } && people.FindOneTimeLink(Secrets.HashOf(token)) is { } link && link.ExpiresAt > clock.GetUtcNow() ? link : null;

    /// <summary>False when another call was first.</summary>
    public bool Spend(string token) => people.SpendOneTimeLink(Secrets.HashOf(token));

    string Make(int? member, TimeSpan lasts)
    {
        var token = Secrets.New();
        people.AddOneTimeLink(new OneTimeLink(member, clock.GetUtcNow() + lasts), Secrets.HashOf(token));
        return token;
    }
}
