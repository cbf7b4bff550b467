namespace Footfall.Server.Cli.Wire;

public sealed record MadeByAnswer(string Version, bool Current, int Sites, DateOnly From, DateOnly To);
