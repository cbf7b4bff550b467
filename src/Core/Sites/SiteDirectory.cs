using System.Collections.Concurrent;
using System.Globalization;

namespace Footfall.Core.Sites;

/// <summary>
/// Every site in memory, by id and by domain, so that the collector's look-up costs no I/O. Follows the catalog change by change, so that a site
/// more costs the same however many there are. Any number of readers; changes come one at a time, from whoever changes the catalog.
/// </summary>
public sealed class SiteDirectory
{
    // Held by changes and by the listing of all, never by a look-up.
    readonly Lock _changing = new();
    readonly ConcurrentDictionary<int, Site> _byId = new();
    readonly ConcurrentDictionary<string, Site> _byDomain = new(StringComparer.OrdinalIgnoreCase);
    readonly ConcurrentDictionary<string, Site>.AlternateLookup<ReadOnlySpan<char>> _byDomainText;
    IReadOnlyList<Site>? _all;

    public SiteDirectory() => _byDomainText = _byDomain.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>All sites by id, as they are now. Listed again only after a change.</summary>
    public IReadOnlyList<Site> All
    {
        get
        {
            lock (_changing)
                return _all ??= [.. _byId.Values.OrderBy(site => site.Id)];
        }
    }

    /// <summary>Takes in many sites, such as every site of the catalog at start.</summary>
    public void Load(IReadOnlyList<Site> sites)
    {
        foreach (var site in sites)
            Put(site);
    }

    /// <summary>A site was made or changed.</summary>
    public void Put(Site site)
    {
        lock (_changing)
        {
            if (_byId.TryGetValue(site.Id, out var before))
                Forget(before, before.Domains.Except(site.Domains, StringComparer.OrdinalIgnoreCase));
            _byId[site.Id] = site;
            foreach (var domain in site.Domains)
                _byDomain[domain] = site;
            _all = null;
        }
    }

    /// <summary>A site was deleted.</summary>
    public void Remove(Site site)
    {
        lock (_changing)
        {
            _byId.TryRemove(site.Id, out _);
            Forget(site, site.Domains);
            _all = null;
        }
    }

    public Site? ById(int id) => _byId.GetValueOrDefault(id);

    /// <summary>The site of an id or a domain, as people and trackers name it; null when unknown.</summary>
    public Site? Find(ReadOnlySpan<char> idOrDomain)
    {
        if (int.TryParse(idOrDomain, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return ById(id);
        return _byDomainText.TryGetValue(idOrDomain, out var site) ? site : null;
    }

    /// <summary>A domain that has gone to another site meanwhile stays that one's.</summary>
    void Forget(Site site, IEnumerable<string> domains)
    {
        foreach (var domain in domains)
        {
            if (_byDomain.TryGetValue(domain, out var owner) && owner.Id == site.Id)
                _byDomain.TryRemove(domain, out _);
        }
    }
}
