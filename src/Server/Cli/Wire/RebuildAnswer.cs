namespace Footfall.Server.Cli.Wire;

public sealed record RebuildAnswer(
    string Id, string Phase, bool Working, string Live, IReadOnlyList<string>? Sites, DateOnly? From, DateOnly? To, bool DryRun, string Definition,
    string? Problem, RebuildProgressAnswer? Progress, RebuildLeft? Left);
