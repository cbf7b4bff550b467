namespace Footfall.Server.Cli.Wire;

public sealed record RebuildLeft(long Visits, long Events);
