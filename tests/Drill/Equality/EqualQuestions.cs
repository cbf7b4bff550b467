using System.Globalization;
using System.Text.Json;

namespace Footfall.Drill.Equality;

/// <summary>Every kind of question there is about a site, made of the metrics and dimensions that a server's own description names.</summary>
static class EqualQuestions
{
    const int DashboardRows = 9;
    const int RowsMost = 10_000;

    static readonly string[] Properties = ["prop:plan", "prop:logged_in"];
    static readonly string[][] Pairs = [["page", "source"], ["day", "channel"], ["country", "browser", "device"]];

    /// <param name="description">The server's OpenAPI document.</param>
    /// <param name="now">The last days end with it, by the clock of the world: who is asked a moment later is asked the same.</param>
    public static IReadOnlyList<IReadOnlyDictionary<string, object>> Of(JsonElement description, DateTimeOffset now)
    {
        var asked = description.GetProperty("components").GetProperty("schemas").GetProperty("ReportRequest").GetProperty("properties");
        var metrics = Names(asked.GetProperty("metrics").GetProperty("items"));
        string[] dimensions = [.. Names(asked.GetProperty("dimensions").GetProperty("items").GetProperty("anyOf")[0]), .. Properties];
        var (month, days) = ((From: EqualHits.From, To: EqualHits.To), (From: Day(now.AddDays(-4)), To: Day(now)));
        var all = (month.From, days.To);
        return
        [
            .. new[] { month, days, all }.Select(range => Question(range, metrics, [])),
            .. new[] { month, days }.SelectMany(range => dimensions.Select(dimension => Question(range, metrics, [dimension]))),
            Question(all, metrics, ["day"]),
            .. Pairs.Select(pair => Question(month, metrics, pair)),
            .. dimensions.Select(dimension => Panel(days, dimension)),
            .. Narrowed(month, metrics),
            Question(month, metrics, []).With("compare", "previous_year"),
            Question(days, metrics, ["day"]).With("compare", "previous_period"),
        ];
    }

    static Dictionary<string, object> Question((string From, string To) range, string[] metrics, string[] dimensions) => new()
    {
        ["metrics"] = metrics,
        ["dimensions"] = dimensions,
        ["from"] = range.From,
        ["to"] = range.To,
        ["limit"] = RowsMost,
    };

    /// <summary>What a panel of the dashboard shows: the first rows, compared with the days before.</summary>
    static Dictionary<string, object> Panel((string From, string To) range, string dimension)
    {
        var metric = dimension is "event" or "property_names" ? "events" : "visitors";
        return Question(range, [metric], [dimension]).With("order", (string[])[$"-{metric}"]).With("limit", DashboardRows).With("compare", "previous_period");
    }

    static IEnumerable<Dictionary<string, object>> Narrowed((string From, string To) range, string[] metrics)
    {
        var fromNewsletter = new { dimension = "source", value = "newsletter" };
        yield return Question(range, metrics, ["page"]).With("filters", (object[])[fromNewsletter]);
        yield return Question(range, metrics, ["day"]).With("filters", (object[])[new { not = fromNewsletter }, new { dimension = "page", op = "matches", value = "^/p/[1-4]" }]);
        yield return Question(range, metrics, ["new_or_returning"])
            .With("filters", (object[])[new { or = (object[])[fromNewsletter, new { dimension = "prop:plan", value = "2" }, new { dimension = "bot", op = "is_not", value = "(not set)" }] }]);
    }

    static Dictionary<string, object> With(this Dictionary<string, object> question, string name, object value) => new(question) { [name] = value };

    static string[] Names(JsonElement schema) => [.. schema.GetProperty("enum").EnumerateArray().Select(name => name.GetString()!)];

    static string Day(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
