namespace Footfall.Server.People;

/// <summary>The invitations of an account that nobody has accepted.</summary>
sealed record InvitationsDocument(IReadOnlyList<InvitationEntry> Invitations);
