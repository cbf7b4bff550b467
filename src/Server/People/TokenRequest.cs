namespace Footfall.Server.People;

/// <summary>What a link that signs in brings.</summary>
sealed record TokenRequest(string? Token);
