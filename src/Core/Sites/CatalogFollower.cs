namespace Footfall.Core.Sites;

/// <summary>
/// Keeps what a node remembers of the catalog up to what other nodes change in it. One turn at a time, of whoever owns it. A change that this node
/// makes itself while a turn reads may be undone here by that turn; the next one, which reads it again, puts it right.
/// </summary>
/// <param name="read">What has changed since a point; everything when there is none, or it is of no use any more.</param>
/// <param name="forgetKeys">Called with the keys that were removed; with null when any may have been.</param>
public sealed class CatalogFollower(Func<CatalogPoint?, CatalogChanges> read, SiteDirectory directory, Action<IReadOnlyList<int>?> forgetKeys)
{
    CatalogPoint? _point;

    /// <summary>Takes in what has changed since the last turn, everything in the first.</summary>
    public void Follow()
    {
        var changes = read(_point);
        if (changes.IsWhole)
        {
            var there = changes.Sites.Select(site => site.Id).ToHashSet();
            foreach (var gone in directory.All.Where(site => !there.Contains(site.Id)))
                directory.Remove(gone);
        }
        foreach (var id in changes.RemovedSites)
        {
            if (directory.ById(id) is { } gone)
                directory.Remove(gone);
        }
        directory.Load(changes.Sites);
        if (changes.IsWhole)
            forgetKeys(null);
        else if (changes.RemovedKeys.Count > 0)
            forgetKeys(changes.RemovedKeys);
        _point = changes.Until;
    }
}
