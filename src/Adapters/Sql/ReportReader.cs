using Footfall.Core.Reports;

namespace Footfall.Adapters.Sql;

/// <summary>Reads what the statement of a <see cref="RenderedReport"/> returns.</summary>
static class ReportReader
{
    public static ReportPart Read(ISqlRows reader, ReportQuery query)
    {
        var rows = new List<ReportRow>();
        var dimensions = query.Dimensions.Count > 0 ? query.Dimensions : [];
        while (reader.Read())
        {
            var metrics = Metrics(reader, 1 + dimensions.Count, query.Metrics.Count);
            if (reader.GetInt32(0) == 0)
            {
                rows.Add(new ReportRow([.. dimensions.Select((dimension, index) => Value(reader, 1 + index, dimension, query))], metrics));
                continue;
            }
            if (dimensions.Count == 0)
                rows.Add(new ReportRow([], metrics));
            return Whole(reader, rows, metrics, 1 + dimensions.Count + metrics.Length);
        }
        throw new InvalidOperationException("A report returned no totals.");
    }

    static ReportPart Whole(ISqlRows reader, List<ReportRow> rows, double?[] totals, int at)
    {
        var identity = (Bool(reader, at + 1), Bool(reader, at + 2)) switch
        {
            (true, true) => IdentityLifetime.Mixed,
            (true, false) => IdentityLifetime.OneDay,
            (false, true) => IdentityLifetime.Persistent,
            _ => IdentityLifetime.None,
        };
        return new ReportPart(rows, totals, reader.GetInt64(at), identity, reader.IsDBNull(at + 3) ? null : reader.GetDateTime(at + 3));
    }

    static bool Bool(ISqlRows reader, int column) => !reader.IsDBNull(column) && reader.GetBoolean(column);

    static double?[] Metrics(ISqlRows reader, int first, int count)
    {
        var metrics = new double?[count];
        for (var index = 0; index < count; index++)
        {
            // Adding zero makes a negative zero, which an amount of no refunds would be, a plain one.
            if (!reader.IsDBNull(first + index))
                metrics[index] = reader.GetDouble(first + index) + 0.0;
        }
        return metrics;
    }

    static string Value(ISqlRows reader, int column, Dimension dimension, ReportQuery query) => dimension.Kind switch
    {
        DimensionKind.Hour => TimeBuckets.Hour(reader.GetDateTime(column), query.Site.Zone),
        DimensionKind.Day or DimensionKind.Week => TimeBuckets.Day(reader.GetDate(column)),
        DimensionKind.Month => TimeBuckets.Month(reader.GetDate(column)),
        DimensionKind.HourOfDay => TimeBuckets.HourOfDay(reader.GetInt32(column)),
        DimensionKind.DayOfWeek => TimeBuckets.DayOfWeek(reader.GetInt32(column)),
        _ => reader.GetString(column),
    };
}
