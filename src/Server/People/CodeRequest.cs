namespace Footfall.Server.People;

/// <param name="Code">The six digits that the app shows.</param>
sealed record CodeRequest(string? Code);
