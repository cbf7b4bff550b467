namespace Footfall.Core.Rollups;

/// <summary>A slice as a store gives it back.</summary>
/// <param name="Edition">That of the day it belongs to.</param>
public sealed record StoredSlice(DateOnly Day, long Edition, ReadOnlyMemory<byte> Bytes);
