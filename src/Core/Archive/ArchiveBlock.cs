namespace Footfall.Core.Archive;

/// <summary>A run of records that is compressed and checked as one: what damage to a byte costs.</summary>
/// <param name="Place">Where the implementation finds it.</param>
/// <param name="Start">Offset of its first record.</param>
/// <param name="End">Offset after its last record.</param>
public sealed record ArchiveBlock(long Place, long Start, long End, BlockFacts Facts)
{
    /// <summary>Whether a hit that a filter wants may be in it; false is certain.</summary>
    public bool MayHold(HitFilter filter) =>
        Facts.LastReceivedAt >= filter.From && Facts.FirstReceivedAt < filter.To
        && (Facts.IsOpaque || ((filter.Site is not { } site || Facts.Sites.ContainsKey(site)) && MayHoldVisitor(filter)));

    bool MayHoldVisitor(HitFilter filter) =>
        filter is not { Site: { } site, Visitor: { } visitor } || Facts.Visitors.MayContain(site, visitor);
}
