using Footfall.Core.Accounts;

namespace Footfall.Server.People;

/// <summary>An invitation as the API lists it, without its link: that is not stored.</summary>
sealed record InvitationEntry(int Id, string Email, string Role, DateTimeOffset ExpiresAt)
{
    public static InvitationEntry Of(Invitation invitation) =>
        new(invitation.Id, invitation.Email, PersonRules.NameOf(invitation.Role), invitation.ExpiresAt);
}
