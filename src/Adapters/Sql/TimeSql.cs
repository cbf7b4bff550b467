using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>
/// Buckets of time as SQL over a column of UTC timestamps. The offsets come from the plan, as parameters: no engine's own time zones are asked.
/// </summary>
public static class TimeSql
{
    public static string Bucket(DimensionKind kind, string column, IReadOnlyList<ZoneOffset> offsets, SqlParameters parameters)
    {
        if (kind == DimensionKind.Hour)
            return Hour(column, offsets, parameters);
        var local = ByOffset(column, offsets, parameters, offset => Shifted(column, offset, parameters));
        return kind switch
        {
            DimensionKind.Day => $"CAST({local} AS DATE)",
            DimensionKind.Week => $"CAST(date_trunc('week', {local}) AS DATE)",
            DimensionKind.Month => $"CAST(date_trunc('month', {local}) AS DATE)",
            DimensionKind.HourOfDay => $"CAST(hour({local}) AS INTEGER)",
            DimensionKind.DayOfWeek => $"CAST({parameters.Dialect.DayOfWeek(local)} AS INTEGER)",
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    /// <summary>The same as text, as reports show it.</summary>
    public static string Label(DimensionKind kind, string bucket, SqlDialect dialect) => kind switch
    {
        DimensionKind.Month => dialect.MonthText(bucket),
        DimensionKind.HourOfDay => $"lpad({dialect.Text(bucket)}, 2, '0')",
        DimensionKind.DayOfWeek => dialect.Text(bucket),
        _ => dialect.DayText(bucket),
    };

    /// <summary>See <see cref="TimeBuckets.StartOfHour"/>: where all offsets are whole hours, local hours are UTC's.</summary>
    static string Hour(string column, IReadOnlyList<ZoneOffset> offsets, SqlParameters parameters)
    {
        if (offsets.All(offset => offset.Offset.Ticks % TimeSpan.TicksPerHour == 0 && offset.From.Ticks % TimeSpan.TicksPerHour == 0))
            return $"date_trunc('hour', {column})";
        return ByOffset(column, offsets, parameters, offset =>
        {
            var start = $"date_trunc('hour', {Shifted(column, offset, parameters)})";
            return $"greatest({start} - {Seconds(offset, parameters)}, {parameters.Add(offset.From)})";
        });
    }

    static string ByOffset(string column, IReadOnlyList<ZoneOffset> offsets, SqlParameters parameters, Func<ZoneOffset, string> render)
    {
        if (offsets.Count == 1)
            return render(offsets[0]);
        var cases = offsets.Skip(1).Select((next, index) => $"WHEN {column} < {parameters.Add(next.From)} THEN {render(offsets[index])}");
        return $"CASE {string.Join(' ', cases)} ELSE {render(offsets[^1])} END";
    }

    static string Shifted(string column, ZoneOffset offset, SqlParameters parameters) =>
        offset.Offset == TimeSpan.Zero ? column : $"{column} + {Seconds(offset, parameters)}";

    static string Seconds(ZoneOffset offset, SqlParameters parameters) =>
        parameters.Dialect.Seconds(parameters.Add((long)offset.Offset.TotalSeconds));
}
