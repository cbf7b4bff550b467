namespace Footfall.Core.Warehouse;

/// <summary>A stretch of the hit log that was durable once and fails its checks: the hits in it are not in the numbers.</summary>
/// <param name="Start">Where it begins, as an offset of the log.</param>
/// <param name="End">Where the next whole record begins.</param>
/// <param name="FoundAt">When a processor came to it, in milliseconds.</param>
public readonly record struct LogDamage(int Partition, long Start, long End, long FoundAt);
