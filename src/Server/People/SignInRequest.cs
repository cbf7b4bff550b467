namespace Footfall.Server.People;

/// <param name="Code">Of the app or a recovery code, for who has a second factor.</param>
sealed record SignInRequest(string? Email, string? Password, string? Code);
