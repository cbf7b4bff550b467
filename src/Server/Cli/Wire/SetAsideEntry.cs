namespace Footfall.Server.Cli.Wire;

/// <summary>A hit on which a step of processing failed.</summary>
public sealed record SetAsideEntry(int Site, string? SiteName, string Position, int Index, Guid Id, DateTimeOffset ReceivedAt, string Reason);
