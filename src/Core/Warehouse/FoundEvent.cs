namespace Footfall.Core.Warehouse;

/// <summary>An event as the warehouse has it, by which a raw hit is told from its repeats.</summary>
/// <param name="LogOffset">Of the record its hit came in.</param>
/// <param name="OccurredAt">Milliseconds since 1970, UTC.</param>
public sealed record FoundEvent(long Sequence, long LogOffset, ulong Visitor, long OccurredAt, string Name, string Page, long Visit, bool IsBot);
