namespace Footfall.Server.People;

/// <summary>Who is to become a member, and as what.</summary>
sealed record InvitationRequest(string? Email, string? Role);
