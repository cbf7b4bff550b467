using System.Globalization;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>The times whose rows lie in the same sorted files, in milliseconds; periods only ever grow together.</summary>
/// <param name="To">Exclusive.</param>
/// <param name="IsOver">Whether the period will not grow any more; late rows may still come.</param>
readonly record struct Period(long From, long To, bool IsOver)
{
    const long Day = 86_400_000;

    public static readonly Period Always = new(long.MinValue, long.MaxValue, IsOver: false);

    /// <summary>The day of a time when it is today, yesterday or still to come, by what was received last; otherwise what is older of its month.</summary>
    public static Period Of(long time, long received, bool dayAlways)
    {
        var (day, young) = (StartOfDay(time), StartOfDay(received) - Day);
        if (dayAlways || day >= young)
            return new Period(day, day + Day, IsOver: day < young);
        var date = DateTimeOffset.FromUnixTimeMilliseconds(day);
        var month = new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero);
        var (start, end) = (month.ToUnixTimeMilliseconds(), month.AddMonths(1).ToUnixTimeMilliseconds());
        return new Period(start, Math.Min(end, young), IsOver: end <= young);
    }

    /// <summary>The day that a file begins in, if it is over and the file ends in it or, as visits do, on the next.</summary>
    public static long? DayOver(long from, long until, long received) =>
        StartOfDay(until) <= StartOfDay(from) + Day && StartOfDay(from) < StartOfDay(received) - Day ? StartOfDay(from) : null;

    public string Condition(string? column) => column is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $" WHERE {column} >= make_timestamp({From * 1000}) AND {column} < make_timestamp({To * 1000})");

    static long StartOfDay(long time) => time - (((time % Day) + Day) % Day);
}
