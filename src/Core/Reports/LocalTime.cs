namespace Footfall.Core.Reports;

/// <summary>
/// Days and clocks of a time zone, from .NET's zone data alone, so that no engine's own time zone data decides what day an event is on.
/// </summary>
public static class LocalTime
{
    /// <summary>The offsets that hold in a range, oldest first; the first starts with the range.</summary>
    public static IReadOnlyList<ZoneOffset> Offsets(TimeZoneInfo zone, TimeRange range)
    {
        var offsets = new List<ZoneOffset> { new(range.From, zone.GetUtcOffset(range.From)) };
        for (var at = range.From; at < range.To;)
        {
            // No zone is known to change its clocks twice within a day, so a look a day ahead misses no change.
            var next = range.To - at < TimeSpan.FromDays(1) ? range.To : at.AddDays(1);
            if (zone.GetUtcOffset(next) != offsets[^1].Offset)
            {
                next = ChangeBetween(zone, at, next);
                if (next < range.To)
                    offsets.Add(new ZoneOffset(next, zone.GetUtcOffset(next)));
            }
            at = next;
        }
        return offsets;
    }

    /// <summary>The first instant of a local day: not always midnight, where clocks are put forward at midnight.</summary>
    public static DateTime StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = DateTime.SpecifyKind(day.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc);
        var around = new TimeRange(midnight.AddHours(-36), midnight.AddHours(36));
        var offsets = Offsets(zone, around);
        for (var index = 0; index < offsets.Count; index++)
        {
            var end = index + 1 < offsets.Count ? offsets[index + 1].From : around.To;
            var start = midnight - offsets[index].Offset;
            if (start < offsets[index].From)
                start = offsets[index].From;
            if (start < end)
                return start;
        }
        return around.To;
    }

    /// <summary>The local day of an instant (UTC).</summary>
    public static DateOnly DayOf(DateTime instant, TimeZoneInfo zone) => DateOnly.FromDateTime(instant + zone.GetUtcOffset(instant));

    /// <summary>Whether a later instant is never on an earlier local day: not so where clocks were put back over midnight.</summary>
    public static bool DaysOnlyGrow(IReadOnlyList<ZoneOffset> offsets) => offsets.Zip(offsets.Skip(1))
        .All(pair => (pair.Second.From.AddTicks(-1) + pair.First.Offset).Date <= (pair.Second.From + pair.Second.Offset).Date);

    /// <summary>The first instant of <paramref name="after"/>'s offset. Zones change on whole seconds.</summary>
    static DateTime ChangeBetween(TimeZoneInfo zone, DateTime before, DateTime after)
    {
        var old = zone.GetUtcOffset(before);
        while ((after - before).Ticks > TimeSpan.TicksPerSecond)
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            if (zone.GetUtcOffset(middle) == old)
                before = middle;
            else
                after = middle;
        }
        return after;
    }
}
