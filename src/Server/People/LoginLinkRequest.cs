namespace Footfall.Server.People;

/// <summary>For whom a link is to be made.</summary>
sealed record LoginLinkRequest(string? Email);
