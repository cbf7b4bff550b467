using System.Globalization;

namespace Footfall.Adapters.DuckDb.Parquet;

/// <summary>The times whose rows lie in the same sorted files, in milliseconds; periods only ever grow together.</summary>
/// <param name="To">Exclusive.</param>
readonly record struct Period(long From, long To)
{
    const long Day = 86_400_000;

    public static readonly Period Always = new(long.MinValue, long.MaxValue);

    /// <summary>The day of a time when it is today, yesterday or still to come, by what was received last; otherwise what is older of its month.</summary>
    public static Period Of(long time, long received, bool dayAlways)
    {
        var (day, young) = (StartOfDay(time), StartOfDay(received) - Day);
        if (dayAlways || day >= young)
            return new Period(day, day + Day);
        var date = DateTimeOffset.FromUnixTimeMilliseconds(day);
        var month = new DateTimeOffset(date.Year, date.Month, 1, 0, 0, 0, TimeSpan.Zero);
        return new Period(month.ToUnixTimeMilliseconds(), Math.Min(month.AddMonths(1).ToUnixTimeMilliseconds(), young));
    }

    public string Condition(string? column) => column is null ? "" : string.Create(
        CultureInfo.InvariantCulture, $" WHERE {column} >= make_timestamp({From * 1000}) AND {column} < make_timestamp({To * 1000})");

    static long StartOfDay(long time) => time - (((time % Day) + Day) % Day);
}
