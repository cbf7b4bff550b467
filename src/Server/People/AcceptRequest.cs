namespace Footfall.Server.People;

/// <summary>What who was invited says.</summary>
sealed record AcceptRequest(string? Token, string? Name, string? Password);
