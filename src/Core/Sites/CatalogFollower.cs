namespace Footfall.Core.Sites;

/// <summary>
/// Keeps what a node remembers of the catalog up to what other nodes change in it. Whoever owns it takes a turn every so often; a look-up that must be
/// certain takes one between. A change that this node makes itself while a turn reads may be undone here by that turn, though not a site that it
/// makes; the next one, which reads it again, puts it right.
/// </summary>
public sealed class CatalogFollower
{
    readonly Func<CatalogPoint?, CatalogChanges> _read;
    readonly SiteDirectory _directory;
    readonly Action<IReadOnlyList<int>?> _forgetKeys;

    // One turn at a time, each from where the one before it ended.
    readonly Lock _turn = new();
    CatalogPoint? _point;

    /// <param name="read">What has changed since a point; everything when there is none, or it is of no use any more.</param>
    /// <param name="forgetKeys">Called with the keys that were removed; with null when any may have been.</param>
    public CatalogFollower(Func<CatalogPoint?, CatalogChanges> read, SiteDirectory directory, Action<IReadOnlyList<int>?> forgetKeys)
    {
        (_read, _directory, _forgetKeys) = (read, directory, forgetKeys);
        directory.FollowBy(Follow);
    }

    /// <summary>Takes in what has changed since the last turn, everything in the first.</summary>
    public void Follow()
    {
        lock (_turn)
        {
            // What this node itself makes while the catalog is read may not be in what was read, and is not gone for that.
            var before = _directory.All;
            var changes = _read(_point);
            TakeIn(changes, before);
            _point = changes.Until;
        }
    }

    void TakeIn(CatalogChanges changes, IReadOnlyList<Site> before)
    {
        if (changes.IsWhole)
        {
            var there = changes.Sites.Select(site => site.Id).ToHashSet();
            foreach (var gone in before.Where(site => !there.Contains(site.Id)))
                _directory.Remove(gone);
        }
        foreach (var id in changes.RemovedSites)
        {
            if (_directory.ById(id) is { } gone)
                _directory.Remove(gone);
        }
        _directory.Load(changes.Sites);
        if (changes.IsWhole)
            _forgetKeys(null);
        else if (changes.RemovedKeys.Count > 0)
            _forgetKeys(changes.RemovedKeys);
    }
}
