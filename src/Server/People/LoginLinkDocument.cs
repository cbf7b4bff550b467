namespace Footfall.Server.People;

/// <param name="Address">Relative to the server's.</param>
sealed record LoginLinkDocument(string Address);
