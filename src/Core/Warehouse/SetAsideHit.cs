namespace Footfall.Core.Warehouse;

/// <summary>
/// A hit on which a step of processing failed every time it was tried. Its record is in the history all the same; it is in no number until it is
/// replayed and passes.
/// </summary>
/// <param name="Offset">Of the record it came in.</param>
/// <param name="Index">Which hit of the record it is, from 0.</param>
/// <param name="Id">Of the hit.</param>
/// <param name="Visitor">Whose it is, so that it is forgotten with them.</param>
/// <param name="ReceivedAt">Milliseconds.</param>
/// <param name="Sequence">The number that its event would have had, and gets when it passes.</param>
/// <param name="Reason">What the step failed with, the last time.</param>
/// <param name="TriedAt">When that was, in milliseconds.</param>
public sealed record SetAsideHit(
    int Partition, long Offset, int Index, Guid Id, int Site, ulong Visitor, long ReceivedAt, long Sequence, string Reason, long TriedAt);
