namespace Footfall.Core.Warehouse;

/// <summary>
/// A writer of a partition came with an epoch lower than one that has written already: it lost its lease and did not know. Nothing of what it
/// brought was taken; it must stop, and whoever owns the partition now goes on.
/// </summary>
public sealed class FencedWriterException(int partition, long epoch, long owner)
    : Exception(FormattableString.Invariant($"partition {partition} has a later owner: epoch {owner} has written, and {epoch} came after it"));
