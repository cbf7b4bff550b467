using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Core.Pipeline;

/// <summary>The local day of an event, for which zones are asked once a day of a site and not once an event. Not thread-safe.</summary>
sealed class LocalDays
{
    readonly Dictionary<int, (TimeZoneInfo Zone, long Start, long End, DateOnly Day)> _last = [];

    /// <param name="time">Milliseconds.</param>
    public DateOnly Of(Site site, long time)
    {
        var zone = site.Zone;
        if (_last.TryGetValue(site.Id, out var known) && time >= known.Start && time < known.End && known.Zone.Equals(zone))
            return known.Day;
        var day = LocalTime.DayOf(DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime, zone);
        var (start, end) = (LocalTime.StartOf(day, zone), LocalTime.StartOf(day.AddDays(1), zone));
        _last[site.Id] = (zone, new DateTimeOffset(start).ToUnixTimeMilliseconds(), new DateTimeOffset(end).ToUnixTimeMilliseconds(), day);
        return day;
    }
}
