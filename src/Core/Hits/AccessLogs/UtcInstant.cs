namespace Footfall.Core.Hits.AccessLogs;

/// <summary>Calendar fields to milliseconds since 1970, without an exception for a day that does not exist.</summary>
static class UtcInstant
{
    public static bool TryMake(int year, int month, int day, int hour, int minute, int second, out long milliseconds)
    {
        milliseconds = 0;
        // A leap second is written as :60 and becomes the first second of the next minute.
        if (year is < 1970 or > 9998 || month is < 1 or > 12 || hour > 23 || minute > 59 || second > 60)
            return false;
        if (day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        var date = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Utc);
        milliseconds = ((date.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond) + (second * 1000L);
        return true;
    }
}
