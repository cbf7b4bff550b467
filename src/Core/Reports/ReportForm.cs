using System.Globalization;
using System.Text.Json;

namespace Footfall.Core.Reports;

/// <summary>
/// A request as query parameters: lists are separated by commas; a filter is JSON, or <c>dimension:operator:value</c>. The colon form takes the
/// first operator it finds between two colons, so that <c>prop:name:is:a:b</c> and <c>page:is:/a</c> both read as meant.
/// </summary>
public static class ReportForm
{
    static readonly string[] Names =
        ["metrics", "dimensions", "period", "from", "to", "filters", "order", "limit", "offset", "compare", "compare_from", "compare_to", "format"];

    public static ReportRequest Read(IEnumerable<KeyValuePair<string, string>> parameters, List<ReportProblem> problems)
    {
        var given = parameters.ToLookup(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        foreach (var name in given.Select(group => group.Key).Where(name => !Names.Contains(name)))
            problems.Add(new ReportProblem(name, "There is no such parameter.", Nearest: NearestNames.To(name, Names)));
        return new ReportRequest
        {
            Metrics = List(given["metrics"]),
            Dimensions = List(given["dimensions"]),
            Period = given["period"].LastOrDefault(),
            From = given["from"].LastOrDefault(),
            To = given["to"].LastOrDefault(),
            Filters = [.. given["filters"].SelectMany((text, index) => Filters(text, index, problems))],
            Order = List(given["order"]),
            Limit = Number(given["limit"], "limit", problems),
            Offset = Number(given["offset"], "offset", problems),
            Compare = given["compare"].LastOrDefault(),
            CompareFrom = given["compare_from"].LastOrDefault(),
            CompareTo = given["compare_to"].LastOrDefault(),
        };
    }

    static List<string>? List(IEnumerable<string> values)
    {
        var list = values.SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        return list.Count > 0 ? list : null;
    }

    static int? Number(IEnumerable<string> values, string field, List<ReportProblem> problems)
    {
        if (values.LastOrDefault() is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        problems.Add(new ReportProblem(field, "It must be a whole number."));
        return null;
    }

    static IReadOnlyList<FilterRequest> Filters(string text, int index, List<ReportProblem> problems)
    {
        var trimmed = text.TrimStart();
        try
        {
            if (trimmed.StartsWith('['))
                return JsonSerializer.Deserialize(text, ReportJson.Default.IReadOnlyListFilterRequest) ?? [];
            if (trimmed.StartsWith('{'))
                return JsonSerializer.Deserialize(text, ReportJson.Default.FilterRequest) is { } one ? [one] : [];
        }
        catch (JsonException)
        {
            problems.Add(new ReportProblem($"filters[{index}]", "It is not the JSON of a filter."));
            return [];
        }
        if (Colons(text) is { } filter)
            return [filter];
        problems.Add(new ReportProblem($"filters[{index}]", "It must be JSON, or dimension:operator:value."));
        return [];
    }

    static FilterRequest? Colons(string text)
    {
        var found = FilterParser.OperatorNames
            .Select(name => (name, at: text.IndexOf($":{name}:", StringComparison.Ordinal)))
            .Where(pair => pair.at > 0)
            .OrderBy(pair => pair.at)
            .FirstOrDefault();
        if (found.name is null)
            return null;
        var value = text[(found.at + found.name.Length + 2)..];
        var list = found.name is "in" or "not_in";
        return new FilterRequest
        {
            Dimension = text[..found.at],
            Op = found.name,
            Value = list ? null : value,
            Values = list ? value.Split(',') : null,
        };
    }
}
