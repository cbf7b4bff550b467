namespace Footfall.Server.Cli.Wire;

/// <summary>The hits on which a step of processing failed, or the first of them.</summary>
public sealed record SetAsideAnswer(long Total, IReadOnlyList<SetAsideEntry> Hits);
