using System.Globalization;

namespace Footfall.Core.Reports;

/// <summary>Understands the filters of one request; what it does not is a problem, not an exception.</summary>
public sealed class FilterParser(List<ReportProblem> problems)
{
    static readonly Dictionary<string, FilterOperator> Operators = new(StringComparer.Ordinal)
    {
        ["is"] = FilterOperator.Is,
        ["is_not"] = FilterOperator.IsNot,
        ["contains"] = FilterOperator.Contains,
        ["not_contains"] = FilterOperator.NotContains,
        ["starts_with"] = FilterOperator.StartsWith,
        ["ends_with"] = FilterOperator.EndsWith,
        ["matches"] = FilterOperator.Matches,
        ["not_matches"] = FilterOperator.NotMatches,
        ["in"] = FilterOperator.In,
        ["not_in"] = FilterOperator.NotIn,
        ["greater"] = FilterOperator.Greater,
        ["less"] = FilterOperator.Less,
    };

    int _tests;

    public static IReadOnlyCollection<string> OperatorNames => Operators.Keys;

    /// <summary>The filter that holds when all of a list do; null when the list is empty.</summary>
    public Filter? Parse(IReadOnlyList<FilterRequest> requests)
    {
        var filters = requests.Select((request, index) => Parse(request, $"filters[{index}]", 1)).OfType<Filter>().ToList();
        if (_tests > ReportLimits.FilterTestsMax)
            problems.Add(new ReportProblem("filters", "There are too many tests.", ReportLimits.FilterTestsMax));
        return filters switch { [] => null, [var only] => only, _ => new Filter.And(filters) };
    }

    Filter? Parse(FilterRequest? request, string field, int depth)
    {
        if (depth > ReportLimits.FilterDepthMax)
            return Problem(field, "Filters are nested too deep.", ReportLimits.FilterDepthMax);
        if (_tests > ReportLimits.FilterTestsMax)
            return null;
        var given = new object?[] { request?.And, request?.Or, request?.Not, request?.Dimension }.Count(part => part is not null);
        if (request is null || given != 1)
            return Problem(field, "A filter has exactly one of and, or, not, dimension.");
        if (request.And is not null)
            return ParseList(request.And, field + ".and", depth) is { } all ? new Filter.And(all) : null;
        if (request.Or is not null)
            return ParseList(request.Or, field + ".or", depth) is { } any ? new Filter.Or(any) : null;
        if (request.Not is not null)
            return Parse(request.Not, field + ".not", depth + 1) is { } inner ? new Filter.Not(inner) : null;
        return ParseTest(request, field);
    }

    List<Filter>? ParseList(IReadOnlyList<FilterRequest> requests, string field, int depth)
    {
        if (requests.Count == 0)
        {
            problems.Add(new ReportProblem(field, "It holds no filter."));
            return null;
        }
        var filters = requests.Select((request, index) => Parse(request, $"{field}[{index}]", depth + 1)).OfType<Filter>().ToList();
        return filters.Count == requests.Count ? filters : null;
    }

    Filter.Test? ParseTest(FilterRequest request, string field)
    {
        _tests++;
        var dimension = FindDimension(request.Dimension!, field + ".dimension");
        if (dimension?.Kind == DimensionKind.Hour)
            return Problem(field + ".dimension", "Hours cannot be filtered; use from, to and hour_of_day.");
        if (!Operators.TryGetValue(request.Op ?? "is", out var operation))
        {
            problems.Add(new ReportProblem(field + ".op", "There is no such operator.", Nearest: [.. Operators.Keys]));
            return null;
        }
        var values = ParseValues(request, operation, field);
        return dimension is null || values is null ? null : new Filter.Test(dimension, operation, values, request.IgnoreCase);
    }

    Dimension? FindDimension(string id, string field)
    {
        var dimension = Dimensions.Find(id);
        if (dimension is null)
        {
            problems.Add(new ReportProblem(field, "There is no such dimension.",
                Nearest: NearestNames.To(id, Dimensions.All.Select(known => known.Id))));
        }
        return dimension;
    }

    IReadOnlyList<string>? ParseValues(FilterRequest request, FilterOperator operation, string field)
    {
        var list = operation is FilterOperator.In or FilterOperator.NotIn;
        var values = request.Values ?? (request.Value is null ? [] : [request.Value]);
        if ((request.Value is not null && request.Values is not null) || values.Count == 0 || (!list && values.Count > 1))
            return Refused(field, list ? "It needs values." : "It needs one value.");
        if (values.Count > ReportLimits.FilterValuesMax)
            return Refused(field + ".values", "There are too many values.", ReportLimits.FilterValuesMax);
        if (values.Any(value => value is null || value.Contains('\0', StringComparison.Ordinal)))
            return Refused(field, "A value is null or holds a null character.");
        var longest = operation is FilterOperator.Matches or FilterOperator.NotMatches
            ? ReportLimits.ExpressionLengthMax : ReportLimits.FilterValueLengthMax;
        if (values.Any(value => value.Length > longest))
            return Refused(field + ".value", "The value is too long.", longest);
        return ProblemOf(operation, values[0]) is { } message ? Refused(field + ".value", message) : values;
    }

    static string? ProblemOf(FilterOperator operation, string value) => operation switch
    {
        FilterOperator.Matches or FilterOperator.NotMatches => ExpressionRules.ProblemOf(value),
        FilterOperator.Greater or FilterOperator.Less =>
            double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? null : "The value is not a number.",
        _ => null,
    };

    IReadOnlyList<string>? Refused(string field, string message, int? limit = null)
    {
        problems.Add(new ReportProblem(field, message, limit));
        return null;
    }

    Filter.Test? Problem(string field, string message, int? limit = null)
    {
        problems.Add(new ReportProblem(field, message, limit));
        return null;
    }
}
