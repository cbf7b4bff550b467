namespace Footfall.Server.People;

/// <summary>A password, asked for again.</summary>
sealed record PasswordRequest(string? Password);
