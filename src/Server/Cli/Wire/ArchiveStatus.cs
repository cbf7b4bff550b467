namespace Footfall.Server.Cli.Wire;

/// <summary>The raw archive.</summary>
public sealed record ArchiveStatus(int Segments, long Hits, long Bytes, long LagBytes, int Missing, string? Failed);
