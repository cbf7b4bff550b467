using System.Globalization;
using Footfall.Core.Reports;

namespace Footfall.Tests.Adapters.Spark;

/// <summary>What a reading of rollups says, in one order, so that those of two engines can be compared.</summary>
static class Slices
{
    public static string Text(RollupReading reading) => string.Join('\n', reading.Slices
        .OrderBy(slice => slice.Day).ThenBy(slice => slice.Dimension, StringComparer.Ordinal)
        .SelectMany(slice => slice.Rows.OrderBy(row => row.Value, StringComparer.Ordinal).Select(row => string.Create(CultureInfo.InvariantCulture,
            $"{slice.Day:o} {slice.Dimension} {slice.HasDaily} {slice.HasLasting} '{row.Value}' {row.Events} {row.Started} [{string.Join(' ', row.Carried.Select(carried => carried.ToString()).Order(StringComparer.Ordinal))}] {string.Join(' ', row.Visitors.Order())}")))
        .Append(reading.MadeBy).Append(string.Join(' ', reading.Seen.OrderBy(position => position.Partition))));
}
