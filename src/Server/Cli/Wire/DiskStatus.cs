namespace Footfall.Server.Cli.Wire;

/// <summary>The disk of the data folder.</summary>
public sealed record DiskStatus(long FreeBytes, long TotalBytes);
