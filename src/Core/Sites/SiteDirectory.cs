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

    // Ids that the catalog was asked for and did not have; an id is never given again.
    readonly ConcurrentDictionary<int, bool> _gone = new();
    Action? _catchUp;
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

    /// <summary>Other nodes change the catalog as well, and this node hears of it a little later.</summary>
    /// <param name="catchUp">Completes when all is heard that has changed until now; throws while the catalog cannot be reached.</param>
    public void FollowBy(Action catchUp) => _catchUp = catchUp;

    /// <summary>
    /// After it a site that is not here is in no catalog: before hits are refused for want of a site that another node may have made just now. Asks
    /// once for each id that is not known; throws, and has decided nothing, while the catalog cannot be reached.
    /// </summary>
    public void MakeCertain(int id)
    {
        if (_catchUp is null || _byId.ContainsKey(id) || _gone.ContainsKey(id))
            return;
        _catchUp();
        if (!_byId.ContainsKey(id))
            _gone.TryAdd(id, true);
    }

    /// <summary>A site was made or changed.</summary>
    public void Put(Site site)
    {
        lock (_changing)
        {
            _gone.TryRemove(site.Id, out _);
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
