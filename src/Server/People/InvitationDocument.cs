namespace Footfall.Server.People;

/// <summary>What who was invited sees before accepting.</summary>
sealed record InvitationDocument(string Email, string Account, string Role);
