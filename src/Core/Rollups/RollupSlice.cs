namespace Footfall.Core.Rollups;

/// <summary>One dimension of a day's rollup.</summary>
/// <param name="Dimension">The id of the dimension; empty for the day as a whole, of which every rollup has a slice.</param>
/// <param name="Bytes">A row for each value, by <see cref="SliceCodec"/>. A store keeps it as it is.</param>
public sealed record RollupSlice(string Dimension, ReadOnlyMemory<byte> Bytes);
