namespace Footfall.Server.Cli.Wire;

/// <summary>Whether hits can be accepted.</summary>
public sealed record LogStatus(string? Unavailable, long Bytes, IReadOnlyList<LogDamageStatus>? Damage = null);
