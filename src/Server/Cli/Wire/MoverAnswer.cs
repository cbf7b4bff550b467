namespace Footfall.Server.Cli.Wire;

public sealed record MoverAnswer(string Site, string? Dimension, string? Value, string Metric, double? Before, double? After, double Share);
