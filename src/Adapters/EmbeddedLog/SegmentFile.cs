namespace Footfall.Adapters.EmbeddedLog;

/// <summary>A segment as a file that can be copied while the log is in use.</summary>
/// <param name="Name">Of the file, in the log's folder.</param>
/// <param name="Identity">What no other content has, once the segment is closed; null while it grows, or when its header is damaged.</param>
/// <param name="Bytes">How much of the file is part of the log.</param>
public sealed record SegmentFile(string Name, string? Identity, long Bytes);
