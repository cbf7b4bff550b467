using System.Globalization;

namespace Footfall.Core.Reports;

/// <summary>The buckets of the dimensions of time: which there are in a range, and what they are called.</summary>
public static class TimeBuckets
{
    /// <summary>Every bucket of a range in order, those without events included.</summary>
    public static IReadOnlyList<string> Labels(DimensionKind kind, DateRange range, TimeZoneInfo zone) => kind switch
    {
        DimensionKind.Hour => [.. Hours(range.In(zone), zone)],
        DimensionKind.Day => [.. Dates(range.From, range.To, day => day.AddDays(1)).Select(Day)],
        DimensionKind.Week => [.. Dates(MondayOf(range.From), range.To, day => day.AddDays(7)).Select(Day)],
        DimensionKind.Month => [.. Dates(new DateOnly(range.From.Year, range.From.Month, 1), range.To, day => day.AddMonths(1)).Select(Month)],
        DimensionKind.HourOfDay => [.. Enumerable.Range(0, 24).Select(HourOfDay)],
        DimensionKind.DayOfWeek => [.. Enumerable.Range(1, 7).Select(DayOfWeek)],
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>An hour that starts at an instant (UTC), with the offset that the site's clocks show then.</summary>
    public static string Hour(DateTime start, TimeZoneInfo zone)
    {
        var utc = DateTime.SpecifyKind(start, DateTimeKind.Utc);
        return TimeZoneInfo.ConvertTime(new DateTimeOffset(utc), zone).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Month(DateOnly day) => day.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static string HourOfDay(int hour) => hour.ToString("00", CultureInfo.InvariantCulture);

    /// <param name="day">1 is Monday.</param>
    public static string DayOfWeek(int day) => day.ToString(CultureInfo.InvariantCulture);

    public static DateOnly MondayOf(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));

    /// <summary>
    /// Where the local hour of an instant starts. A change of the clocks starts a new hour, so that the repeated hour is two and a change by half
    /// an hour mixes nothing.
    /// </summary>
    public static DateTime StartOfHour(DateTime instant, ZoneOffset within)
    {
        var local = instant + within.Offset;
        var start = local.AddTicks(-(local.Ticks % TimeSpan.TicksPerHour)) - within.Offset;
        return start < within.From ? within.From : start;
    }

    static IEnumerable<string> Hours(TimeRange range, TimeZoneInfo zone)
    {
        var offsets = LocalTime.Offsets(zone, range);
        for (var index = 0; index < offsets.Count; index++)
        {
            var end = index + 1 < offsets.Count ? offsets[index + 1].From : range.To;
            for (var start = offsets[index].From; start < end; start = StartOfHour(start.AddHours(1), offsets[index]))
                yield return Hour(start, zone);
        }
    }

    static IEnumerable<DateOnly> Dates(DateOnly from, DateOnly to, Func<DateOnly, DateOnly> next)
    {
        for (var day = from; day <= to; day = next(day))
            yield return day;
    }
}
