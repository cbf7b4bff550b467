namespace Footfall.Server.Cli.Wire;

/// <summary>How far the accepted hits are worked off.</summary>
public sealed record ProcessorStatus(long Position, long LagBytes, DateTimeOffset? CompleteUntil, string? Failed);
