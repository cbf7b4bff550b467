namespace Footfall.Server.Cli.Wire;

/// <summary>A raw hit that the index refused for good.</summary>
public sealed record RefusedHitAnswer(Guid Id, int Site, string Position, DateTimeOffset ReceivedAt, string Reason);
