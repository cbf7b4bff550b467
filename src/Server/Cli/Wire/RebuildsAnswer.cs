namespace Footfall.Server.Cli.Wire;

public sealed record RebuildsAnswer(string Definition, IReadOnlyList<MadeByAnswer> MadeBy, RebuildAnswer? Rebuild);
