namespace Footfall.Server.Cli.Wire;

/// <summary>Hits that a collector keeps for a queue that is away.</summary>
public sealed record SpillStatus(string? Queue, long Bytes, long BytesMost);
