using Footfall.Core.HitLog;

namespace Footfall.Core.Warehouse;

/// <summary>
/// Somebody else has written a partition meanwhile, so that this writer lost its lease and did not know. Nothing of what it brought was taken; it
/// must stop, and whoever owns the partition now goes on.
/// </summary>
public sealed class FencedWriterException : Exception
{
    /// <summary>The writer's epoch is lower than one that has written already.</summary>
    public FencedWriterException(int partition, long epoch, long owner)
        : base(FormattableString.Invariant($"partition {partition} has a later owner: epoch {owner} has written, and {epoch} came after it"))
    {
    }

    /// <summary>The batch does not begin where the warehouse stands: another owner wrote in between, perhaps an earlier one that was still at it.</summary>
    public FencedWriterException(LogPosition from, LogPosition stands)
        : base($"the batch begins at {from}, and the warehouse stands at {stands}: another owner has written")
    {
    }
}
