using Footfall.Core.HitLog;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Server.SetAside;

/// <summary>A hit on which a step of processing failed.</summary>
/// <param name="Site">Its site's id.</param>
/// <param name="SiteName">The first domain of the site; null when the site is gone.</param>
/// <param name="Position">Of the record of the log that it came in.</param>
/// <param name="Index">Which hit of the record it is, from 0.</param>
/// <param name="TriedAt">When it was tried last.</param>
/// <param name="Reason">What the step failed with then.</param>
sealed record SetAsideEntry(int Site, string? SiteName, string Position, int Index, Guid Id, DateTimeOffset ReceivedAt, DateTimeOffset TriedAt, string Reason)
{
    public static SetAsideEntry Of(SetAsideHit hit, SiteDirectory sites) => new(
        hit.Site,
        sites.ById(hit.Site)?.Domains[0],
        new LogPosition(hit.Partition, hit.Offset).ToString(),
        hit.Index,
        hit.Id,
        DateTimeOffset.FromUnixTimeMilliseconds(hit.ReceivedAt),
        DateTimeOffset.FromUnixTimeMilliseconds(hit.TriedAt),
        hit.Reason);
}
