namespace Footfall.Server.Cli.Wire;

public sealed record DifferenceAnswer(
    string Position, string DefinitionBefore, string DefinitionAfter, int Sites, long Numbers, long Moved, IReadOnlyList<MoverAnswer> Movers);
