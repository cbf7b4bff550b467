using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// Which local days of which sites say something else once a batch is committed: those on which a visit that got an event has events, because measures of
/// whole visits count on each of them. Remembers the day that each site is in, so that an event of today costs two comparisons. Not thread-safe.
/// </summary>
sealed class ChangedDays(SiteDirectory sites)
{
    readonly Dictionary<int, (string Zone, DateOnly Day, long Start, long End)> _latest = [];

    public HashSet<SiteDay> Of(WarehouseBatch batch)
    {
        var days = new HashSet<SiteDay>();
        foreach (var part in batch.Parts.Values)
        {
            // Nobody can ask about a site that is gone.
            if (sites.ById(part.Site) is not { } site)
                continue;
            var last = DayOf(site, part.Whole.EndedAt);
            days.Add(new SiteDay(site.Id, last));
            if (part.Whole.StartedAt >= _latest[site.Id].Start)
                continue;
            for (var day = DayOf(site, part.Whole.StartedAt); day < last; day = day.AddDays(1))
                days.Add(new SiteDay(site.Id, day));
        }
        return days;
    }

    /// <summary>Whether a day of the last batch ends before an instant (milliseconds).</summary>
    public bool EndsBefore(SiteDay day, long instant) =>
        sites.ById(day.Site) is { } site && (_latest[day.Site].Day == day.Day ? _latest[day.Site].End : EndOf(day.Day, site)) <= instant;

    DateOnly DayOf(Site site, long time)
    {
        if (_latest.TryGetValue(site.Id, out var known) && time >= known.Start && time < known.End && known.Zone == site.TimeZone)
            return known.Day;
        var day = LocalTime.DayOf(DateTime.UnixEpoch.AddMilliseconds(time), site.Zone);
        _latest[site.Id] = (site.TimeZone, day, Milliseconds(LocalTime.StartOf(day, site.Zone)), EndOf(day, site));
        return day;
    }

    static long EndOf(DateOnly day, Site site) => Milliseconds(LocalTime.StartOf(day.AddDays(1), site.Zone));

    static long Milliseconds(DateTime utc) => (long)(utc - DateTime.UnixEpoch).TotalMilliseconds;
}
