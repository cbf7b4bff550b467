using Footfall.Core.Accounts;

namespace Footfall.Server.People;

/// <summary>A member as the API lists it.</summary>
sealed record MemberEntry(int Id, string Name, string Email, string Role, bool SecondFactor, DateTimeOffset? LastSeenAt)
{
    public static MemberEntry Of(Member member) =>
        new(member.Id, member.Name, member.Email, PersonRules.NameOf(member.Role), member.SecondFactor is not null, member.LastSeenAt);
}
