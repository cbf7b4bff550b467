using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>One hit and where it was found; or, without a hit, a stretch that cannot be read.</summary>
/// <param name="Index">Its place in the batch.</param>
/// <param name="Damage">What cannot be read, in words; then there is no batch.</param>
public readonly record struct ArchivedHit(LogPosition Position, HitBatch? Batch, int Index, string? Damage)
{
    public Hit Hit => Batch!.Hits[Index];
}
