using System.Collections.Frozen;
using System.Globalization;

namespace Footfall.Core.Sites;

/// <summary>
/// Every site in memory, by id and by domain, so that the collector's look-up costs no I/O. Replaced as a whole when the catalog changes;
/// readers keep the snapshot they hold.
/// </summary>
public sealed class SiteDirectory
{
    volatile Snapshot _now = new([]);

    /// <summary>Replaces what the directory knows; called at start and after every change of the catalog.</summary>
    public void Load(IReadOnlyList<Site> sites) => _now = new Snapshot(sites);

    public IReadOnlyList<Site> All => _now.Sites;

    public Site? ById(int id) => _now.ById.GetValueOrDefault(id);

    /// <summary>The site of an id or a domain, as people and trackers name it; null when unknown.</summary>
    public Site? Find(ReadOnlySpan<char> idOrDomain)
    {
        var snapshot = _now;
        if (int.TryParse(idOrDomain, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return snapshot.ById.GetValueOrDefault(id);
        return snapshot.ByDomain.TryGetValue(idOrDomain, out var site) ? site : null;
    }

    sealed class Snapshot
    {
        public Snapshot(IReadOnlyList<Site> sites)
        {
            Sites = sites;
            ById = sites.ToFrozenDictionary(site => site.Id);
            ByDomain = sites.SelectMany(site => site.Domains.Select(domain => (domain, site)))
                .ToFrozenDictionary(pair => pair.domain, pair => pair.site, StringComparer.OrdinalIgnoreCase)
                .GetAlternateLookup<ReadOnlySpan<char>>();
        }

        public IReadOnlyList<Site> Sites { get; }

        public FrozenDictionary<int, Site> ById { get; }

        public FrozenDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> ByDomain { get; }
    }
}
