namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>Somebody else has written to the partition. The writer must begin again from what is there, if it is still its owner.</summary>
public sealed class PartitionConflictException(string message) : Exception(message);
