namespace Footfall.Core.Reports;

/// <summary>Local days of a site, both ends included.</summary>
public readonly record struct DateRange(DateOnly From, DateOnly To)
{
    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The same number of days right before; the same number of months when the range is whole months.</summary>
    public DateRange Before()
    {
        var after = To.AddDays(1);
        if (From.Day != 1 || after.Day != 1)
            return new DateRange(From.AddDays(-Days), From.AddDays(-1));
        var months = ((after.Year - From.Year) * 12) + after.Month - From.Month;
        return new DateRange(From.AddMonths(-months), From.AddDays(-1));
    }

    /// <summary>The same dates a year earlier; 29 February becomes the 28th.</summary>
    public DateRange YearBefore() => new(From.AddYears(-1), To.AddYears(-1));

    public bool Contains(DateOnly day) => day >= From && day <= To;

    /// <summary>The days, oldest first.</summary>
    public IEnumerable<DateOnly> Each()
    {
        for (var day = From; day <= To; day = day.AddDays(1))
            yield return day;
    }

    /// <summary>The same without the days before a site's first event; unchanged when that is not in it.</summary>
    /// <param name="first">UTC; null when the site has no event, which leaves the last day.</param>
    public DateRange Since(DateTime? first, TimeZoneInfo zone)
    {
        var day = first is { } instant ? LocalTime.DayOf(DateTime.SpecifyKind(instant, DateTimeKind.Utc), zone) : To;
        return Contains(day) ? this with { From = day } : this;
    }

    /// <summary>The instants from the start of the first day to the end of the last.</summary>
    public TimeRange In(TimeZoneInfo zone) => new(LocalTime.StartOf(From, zone), LocalTime.StartOf(To.AddDays(1), zone));
}
