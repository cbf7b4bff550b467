namespace Footfall.Server.Cli.Wire;

/// <summary>Raw hits that the index refused for good.</summary>
public sealed record RefusedHitsAnswer(long Count, IReadOnlyList<RefusedHitAnswer> Hits);
