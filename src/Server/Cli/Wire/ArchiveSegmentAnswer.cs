namespace Footfall.Server.Cli.Wire;

/// <summary>One sealed segment.</summary>
public sealed record ArchiveSegmentAnswer(
    long Start, long End, DateTimeOffset From, DateTimeOffset Until, long Hits, long Bytes, long RawBytes, string Effort, string Sha256,
    IReadOnlyDictionary<string, long>? Sites = null);
