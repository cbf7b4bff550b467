namespace Footfall.Server.Admin;

/// <summary>Hits that this collector keeps for a queue that is away.</summary>
/// <param name="Queue">Why the queue takes none, or null.</param>
/// <param name="Bytes">What waits.</param>
/// <param name="BytesMost">What may wait.</param>
sealed record SpillStatus(string? Queue, long Bytes, long BytesMost);
