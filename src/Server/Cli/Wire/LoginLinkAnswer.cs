namespace Footfall.Server.Cli.Wire;

/// <param name="Address">Relative to the server's.</param>
public sealed record LoginLinkAnswer(string Address);
