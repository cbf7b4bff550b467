using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// Tells those who keep what the warehouse said when it will say something else. Rollups of the days of a batch are taken out before the batch is
/// committed; versions move right after. One processor's; not thread-safe but for <see cref="ForgottenAsync"/> and <see cref="ReplacedAsync"/>.
/// </summary>
/// <param name="versions">Null where versions are told by the warehouse itself.</param>
public sealed class CommitWatch(SiteDirectory sites, IRollupStore rollups, TimeProvider clock, LiveDataVersions? versions = null)
{
    /// <summary>A day is rolled up an hour after its end at the soonest (<see cref="RollupMaker"/>); clocks may differ by nearly as much again.</summary>
    static readonly TimeSpan Margin = TimeSpan.FromHours(1);

    readonly ChangedDays _days = new(sites);
    HashSet<SiteDay> _changing = [];

    /// <summary>Told of each site some of whose rollups may have been taken out.</summary>
    public event Action<int>? Touched;

    public async ValueTask BeforeCommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        _changing = _days.Of(batch);
        var soon = (clock.GetUtcNow() + Margin).ToUnixTimeMilliseconds();
        var over = _changing.Where(day => _days.EndsBefore(day, soon)).ToList();
        if (over.Count == 0)
            return;
        await rollups.TouchAsync(over, batch.Position, cancellation);
        foreach (var site in over.Select(day => day.Site).Distinct())
            Touched?.Invoke(site);
    }

    public void AfterCommit() => versions?.Move(_changing);

    /// <summary>It is not known what the warehouse says: nothing that was kept counts any more. Rollups do: they were taken out before.</summary>
    public void Forget() => versions?.MoveAll();

    /// <summary>The warehouse has forgotten a visitor of a site, or the site.</summary>
    public async ValueTask ForgottenAsync(int site, CancellationToken cancellation)
    {
        await rollups.DropAsync(site, cancellation);
        versions?.Move(site);
        Touched?.Invoke(site);
    }

    /// <summary>
    /// Rows of the past are about to be replaced, or have been: called before, nothing made of the old rows is mixed with new ones; called after, nothing
    /// that was made of them in between stays. Whole sites are dropped, whatever the days: a visit that moved may count on many.
    /// </summary>
    public async ValueTask ReplacedAsync(HistoryChange change, CancellationToken cancellation)
    {
        foreach (var site in change.Sites ?? [.. sites.All.Select(site => site.Id)])
            await ForgottenAsync(site, cancellation);
    }
}
