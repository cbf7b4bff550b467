namespace Footfall.Server.People;

/// <summary>What a person changes about themselves; what is left out stays.</summary>
sealed record ProfileRequest(string? Name, string? Email);
