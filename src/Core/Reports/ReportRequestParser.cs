using System.Globalization;
using Footfall.Core.Sites;

namespace Footfall.Core.Reports;

/// <summary>Turns a request into a question that can be answered. Finds everything that is wrong with it, not only the first.</summary>
public sealed class ReportRequestParser
{
    readonly Site _site;
    readonly DateOnly _today;
    readonly List<ReportProblem> _problems = [];

    ReportRequestParser(Site site, DateTimeOffset now)
    {
        _site = site;
        _today = LocalTime.DayOf(now.UtcDateTime, site.Zone);
    }

    public static ReportParse Parse(ReportRequest request, Site site, DateTimeOffset now) => new ReportRequestParser(site, now).Parse(request);

    ReportParse Parse(ReportRequest request)
    {
        var metrics = Named(request.Metrics, "metrics", ReportLimits.MetricsMax, Metrics.Find, Metrics.All.Select(metric => metric.Id));
        if (request.Metrics is null or [])
            Problem("metrics", "At least one metric is needed.");
        var dimensions = Named(request.Dimensions, "dimensions", ReportLimits.DimensionsMax, Dimensions.Find, Dimensions.All.Select(known => known.Id));
        var (range, allTime) = ParseRange(request);
        var filter = new FilterParser(_problems).Parse(request.Filters ?? []);
        var order = ParseOrder(request.Order ?? [], metrics, dimensions);
        var compare = ParseCompare(request, range, allTime);
        var series = dimensions is [{ IsTime: true }];
        var limit = InBounds(request.Limit ?? (series ? ReportLimits.RowsMax : ReportLimits.RowsDefault), "limit", 1, ReportLimits.RowsMax);
        var offset = InBounds(request.Offset ?? 0, "offset", 0, ReportLimits.OffsetMax);
        if (dimensions.Any(dimension => dimension.Kind == DimensionKind.Hour) && range.Days > ReportLimits.HourlyDaysMax && !allTime)
            Problem("dimensions", "A report by the hour spans too many days.", ReportLimits.HourlyDaysMax);
        if (dimensions.Any(dimension => dimension.Kind == DimensionKind.Hour) && allTime)
            Problem("dimensions", "A report by the hour needs from and to, or a shorter period.");
        if (_problems.Count > 0)
            return new ReportParse(null, _problems);
        return new ReportParse(new ReportQuery
        {
            Site = _site,
            Metrics = metrics,
            Dimensions = dimensions,
            Range = range,
            AllTime = allTime,
            Filter = filter,
            Order = order.Count > 0 ? order : ReportQuery.DefaultOrder(metrics, dimensions),
            Limit = limit,
            Offset = offset,
            Compare = compare,
        }, []);
    }

    List<T> Named<T>(IReadOnlyList<string>? ids, string field, int most, Func<string, T?> find, IEnumerable<string> known)
        where T : class
    {
        var asked = ids ?? [];
        if (asked.Count > most)
            Problem(field, $"There are too many {field}.", most);
        var found = new List<T>();
        foreach (var (index, id) in asked.Take(most).Index())
        {
            if (asked.Take(index).Contains(id))
                Problem($"{field}[{index}]", $"{id} is named twice.");
            else if (id is not null && find(id) is { } row)
                found.Add(row);
            else
                _problems.Add(new ReportProblem($"{field}[{index}]", $"There is no such {field[..^1]}.", Nearest: NearestNames.To(id ?? "", known)));
        }
        return found;
    }

    (DateRange Range, bool AllTime) ParseRange(ReportRequest request)
    {
        var fallback = Periods.Find(Periods.Default, _today)!.Value;
        // A period's name may stand in from as well, alone.
        if (request is { Period: null, To: null, From: { } from } && Periods.Find(from, _today) is { } alone)
            return (alone, from == Periods.All);
        if (request.Period is { } period)
        {
            if (request.From is not null || request.To is not null)
                Problem("period", "Give a period, or from and to, not both.");
            if (Periods.Find(period, _today) is { } named)
                return (named, period == Periods.All);
            _problems.Add(new ReportProblem("period", "There is no such period.", Nearest: Periods.Names));
            return (fallback, false);
        }
        return request.From is null && request.To is null ? (fallback, false) : (ParseDates(request.From, request.To, "from", "to") ?? fallback, false);
    }

    DateRange? ParseDates(string? from, string? to, string fromField, string toField)
    {
        var first = ParseDate(from, fromField);
        var last = to is null ? _today : ParseDate(to, toField);
        if (first is null || last is null)
            return null;
        if (first <= last)
            return new DateRange(first.Value, last.Value);
        Problem(toField, "The range ends before it begins.");
        return null;
    }

    DateOnly? ParseDate(string? text, string field)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            && date >= ReportLimits.FirstDay && date <= ReportLimits.LastDay)
            return date;
        Problem(field, "It must be a date such as 2026-01-31, from 1970 to 2199, or the name of a period alone.");
        return null;
    }

    DateRange? ParseCompare(ReportRequest request, DateRange range, bool allTime)
    {
        if (request.Compare is null && (request.CompareFrom is not null || request.CompareTo is not null))
            Problem("compare", "compare_from and compare_to need compare to be custom.");
        if (request.Compare is not null && allTime)
            Problem("compare", "All time has nothing to be compared with.");
        switch (request.Compare)
        {
            case null:
                return null;
            case "previous_period":
                return range.Before();
            case "previous_year":
                return range.YearBefore();
            case "custom":
                return ParseDates(request.CompareFrom, request.CompareTo, "compare_from", "compare_to");
            default:
                _problems.Add(new ReportProblem("compare", "There is no such comparison.", Nearest: ["previous_period", "previous_year", "custom"]));
                return null;
        }
    }

    List<ReportOrder> ParseOrder(IReadOnlyList<string> asked, List<Metric> metrics, List<Dimension> dimensions)
    {
        List<string> columns = [.. metrics.Select(metric => metric.Id), .. dimensions.Select(dimension => dimension.Id)];
        var order = new List<ReportOrder>();
        foreach (var (index, text) in asked.Take(columns.Count + 1).Index())
        {
            var descending = text?.StartsWith('-') ?? false;
            var id = descending ? text![1..] : text ?? "";
            if (columns.Contains(id))
                order.Add(new ReportOrder(id, descending));
            else
                _problems.Add(new ReportProblem($"order[{index}]", "It is not one of the report's metrics and dimensions.", Nearest: columns));
        }
        return order;
    }

    int InBounds(int value, string field, int least, int most)
    {
        if (value < least || value > most)
            Problem(field, $"It must be from {least} to {most}.", most);
        return value;
    }

    void Problem(string field, string message, int? limit = null) => _problems.Add(new ReportProblem(field, message, limit));
}
