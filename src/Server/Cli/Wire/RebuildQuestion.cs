namespace Footfall.Server.Cli.Wire;

public sealed record RebuildQuestion(IReadOnlyList<string>? Sites, string? From, string? To, bool DryRun, bool Switch);
