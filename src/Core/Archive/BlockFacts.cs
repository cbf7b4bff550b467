namespace Footfall.Core.Archive;

/// <summary>What is known of a block without reading it.</summary>
/// <param name="Hits">At least as many as there are; a record that cannot be read counts as one.</param>
/// <param name="IsOpaque">Some record is of a version that was not understood, so that sites and visitors do not say everything.</param>
/// <param name="Sites">Hits by site.</param>
public sealed record BlockFacts(
    int Records, long Hits, long RawBytes, long FirstReceivedAt, long LastReceivedAt, bool IsOpaque,
    IReadOnlyDictionary<int, long> Sites, VisitorFilter Visitors)
{
    /// <summary>Of a block that cannot be read: anything may be in it.</summary>
    public static BlockFacts Unknown { get; } = new(0, 0, 0, long.MinValue, long.MaxValue, true, new Dictionary<int, long>(), VisitorFilter.Everyone);

    /// <summary>The facts of two blocks together, but for their visitors.</summary>
    public BlockFacts With(BlockFacts other)
    {
        var sites = new Dictionary<int, long>(Sites);
        foreach (var (site, hits) in other.Sites)
            sites[site] = sites.GetValueOrDefault(site) + hits;
        return new BlockFacts(
            Records + other.Records, Hits + other.Hits, RawBytes + other.RawBytes,
            Math.Min(FirstReceivedAt, other.FirstReceivedAt), Math.Max(LastReceivedAt, other.LastReceivedAt),
            IsOpaque || other.IsOpaque, sites, VisitorFilter.Everyone);
    }
}
