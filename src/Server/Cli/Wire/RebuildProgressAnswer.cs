namespace Footfall.Server.Cli.Wire;

public sealed record RebuildProgressAnswer(double Share, long Hits, double HitsPerSecond, double? SecondsLeft);
