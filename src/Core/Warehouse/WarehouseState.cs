using Footfall.Core.HitLog;

namespace Footfall.Core.Warehouse;

/// <summary>What a processor needs to go on where the warehouse stands.</summary>
/// <param name="CompleteUntil">Received time in milliseconds of the last hit worked off; 0 when there is none.</param>
public sealed record WarehouseState(LogPosition Position, long NextSequence, long NextVisit, long CompleteUntil);
