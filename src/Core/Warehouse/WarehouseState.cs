using Footfall.Core.HitLog;

namespace Footfall.Core.Warehouse;

/// <summary>What a processor needs to go on where the warehouse stands.</summary>
/// <param name="CompleteUntil">Received time in milliseconds of the last hit worked off; 0 when there is none.</param>
public sealed record WarehouseState(LogPosition Position, long NextSequence, long NextVisit, long CompleteUntil)
{
    /// <summary>How many numbers each partition has to itself, as a power of two: enough for 30 years of a hundred million events a day.</summary>
    public const int NumberBits = 40;

    /// <summary>Whether no visit was ever made.</summary>
    public bool HasNoVisits => NextVisit == FirstOf(Position.Partition);

    /// <summary>
    /// Where a partition begins. Visits and sequences of each have a space of numbers of their own, so that they are unique in the whole
    /// warehouse without anybody asking anybody.
    /// </summary>
    public static WarehouseState Empty(int partition) => new(new LogPosition(partition, 0), FirstOf(partition), FirstOf(partition), 0);

    /// <summary>The partition that a visit or a sequence was numbered in.</summary>
    public static int PartitionOf(long number) => (int)(number >> NumberBits);

    static long FirstOf(int partition) => ((long)partition << NumberBits) + 1;
}
