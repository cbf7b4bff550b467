namespace Footfall.Server.People;

/// <summary>What the first owner says.</summary>
/// <param name="Token">Of the link that the server printed.</param>
sealed record SignUpRequest(string? Token, string? Account, string? Name, string? Email, string? Password);
