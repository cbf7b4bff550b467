using System.Globalization;

namespace Footfall.Core.Reports;

/// <summary>Orders the rows of a series as an engine orders rows: nulls last, ties by the dimensions.</summary>
public sealed class RowOrder(ReportQuery query) : IComparer<ReportRow>
{
    readonly List<ReportColumn> _columns = [.. ReportColumns.Of(query).Dimensions, .. ReportColumns.Of(query).Metrics];

    public int Compare(ReportRow? x, ReportRow? y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        foreach (var order in query.Order)
        {
            var compared = CompareBy(order, x, y);
            if (compared != 0)
                return compared;
        }
        return query.Dimensions.Select((_, index) => CompareDimension(index, x, y)).FirstOrDefault(compared => compared != 0);
    }

    int CompareBy(ReportOrder order, ReportRow x, ReportRow y)
    {
        var index = _columns.FindIndex(column => column.Id == order.Column);
        var sign = order.Descending ? -1 : 1;
        if (index < query.Dimensions.Count)
            return sign * CompareDimension(index, x, y);
        var (left, right) = (x.Metrics[index - query.Dimensions.Count], y.Metrics[index - query.Dimensions.Count]);
        if (left is null || right is null)
            return (left is null).CompareTo(right is null);
        return sign * left.Value.CompareTo(right.Value);
    }

    int CompareDimension(int index, ReportRow x, ReportRow y)
    {
        var (left, right) = (x.Dimensions[index], y.Dimensions[index]);
        // The hour repeated in autumn is ordered by the instant, not by its text.
        return query.Dimensions[index].Kind == DimensionKind.Hour
            ? DateTimeOffset.Parse(left, CultureInfo.InvariantCulture).CompareTo(DateTimeOffset.Parse(right, CultureInfo.InvariantCulture))
            : string.CompareOrdinal(left, right);
    }
}
