namespace Footfall.Core.Hits.AccessLogs;

/// <summary>The time of Apache's and nginx's logs, such as <c>17/May/2015:10:05:03 +0000</c>.</summary>
static class ClfTime
{
    public const int Length = 26;

    public static bool TryParse(ReadOnlySpan<byte> text, out long milliseconds)
    {
        milliseconds = 0;
        if (text.Length != Length || text[2] != '/' || text[6] != '/' || text[11] != ':' || text[14] != ':' || text[17] != ':' || text[20] != ' ')
            return false;
        var month = Month(text.Slice(3, 3));
        if (month == 0
            || !Digits.TryParse(text[..2], out var day)
            || !Digits.TryParse(text.Slice(7, 4), out var year)
            || !Digits.TryParse(text.Slice(12, 2), out var hour)
            || !Digits.TryParse(text.Slice(15, 2), out var minute)
            || !Digits.TryParse(text.Slice(18, 2), out var second)
            || !Digits.TryParse(text.Slice(22, 2), out var zoneHours)
            || !Digits.TryParse(text.Slice(24, 2), out var zoneMinutes)
            || text[21] is not ((byte)'+' or (byte)'-'))
            return false;
        if (!UtcInstant.TryMake(year, month, day, hour, minute, second, out var local))
            return false;
        var zone = ((zoneHours * 60L) + zoneMinutes) * 60_000;
        milliseconds = text[21] == '-' ? local + zone : local - zone;
        return true;
    }

    static int Month(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("Jan"u8) => 1,
        _ when name.SequenceEqual("Feb"u8) => 2,
        _ when name.SequenceEqual("Mar"u8) => 3,
        _ when name.SequenceEqual("Apr"u8) => 4,
        _ when name.SequenceEqual("May"u8) => 5,
        _ when name.SequenceEqual("Jun"u8) => 6,
        _ when name.SequenceEqual("Jul"u8) => 7,
        _ when name.SequenceEqual("Aug"u8) => 8,
        _ when name.SequenceEqual("Sep"u8) => 9,
        _ when name.SequenceEqual("Oct"u8) => 10,
        _ when name.SequenceEqual("Nov"u8) => 11,
        _ when name.SequenceEqual("Dec"u8) => 12,
        _ => 0,
    };
}
