namespace Footfall.Server.Admin;

/// <summary>A stretch of the hit log that failed its checks when the processor came to it; the hits in it are not in the numbers.</summary>
/// <param name="Start">Offset of its first byte.</param>
/// <param name="End">Offset after its last byte.</param>
sealed record LogDamageStatus(long Start, long End, DateTimeOffset FoundAt);
