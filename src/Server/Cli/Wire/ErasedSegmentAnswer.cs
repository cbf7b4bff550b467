namespace Footfall.Server.Cli.Wire;

/// <summary>A segment that was written anew.</summary>
public sealed record ErasedSegmentAnswer(long Start, long End, string Before, string? After, long Hits);
