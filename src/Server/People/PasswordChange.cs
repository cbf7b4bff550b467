namespace Footfall.Server.People;

/// <param name="Current">May be left out by who has none yet.</param>
sealed record PasswordChange(string? Current, string? New);
