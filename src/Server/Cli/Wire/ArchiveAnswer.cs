namespace Footfall.Server.Cli.Wire;

/// <summary>What the raw archive holds.</summary>
public sealed record ArchiveAnswer(IReadOnlyList<ArchiveSegmentAnswer> Segments, IReadOnlyList<ArchiveSegmentAnswer> Missing, long LagBytes, string? Failed);
