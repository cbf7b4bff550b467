namespace Footfall.Server.Cli.Wire;

/// <summary>A stretch of the hit log that was passed over because it was damaged.</summary>
public sealed record LogDamageStatus(long Start, long End, DateTimeOffset FoundAt);
