namespace Footfall.Server.Admin;

/// <summary>The raw archive.</summary>
/// <param name="Bytes">What its segments take on disk.</param>
/// <param name="LagBytes">What the log holds that is not sealed yet.</param>
/// <param name="Missing">Segments that were sealed and are gone although nobody deleted them.</param>
/// <param name="Failed">Why the last attempt to seal failed, or null.</param>
sealed record ArchiveStatus(int Segments, long Hits, long Bytes, DateTimeOffset? From, DateTimeOffset? Until, long LagBytes, int Missing, string? Failed);
