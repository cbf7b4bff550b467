using System.Globalization;
using System.Text;

namespace Footfall.Core.Reports;

/// <summary>Renders docs/reports.md from the tables of metrics and dimensions, so that the page cannot tell what the code does not do.</summary>
public static class ReportsDocument
{
    const string Opening = """
        # Reports

        Made from the tables in `src/Core/Reports`; do not edit by hand.

        A report counts events of one site between two local days, both included, in the site's time zone. `POST /api/v1/sites/{site}/reports` takes
        JSON, `GET` takes the same names as query parameters; `{site}` is an id or a domain. An unknown name, a wrong value or a limit passed is a 400
        with `application/problem+json`, which names every such field and the nearest known names.

        ```json
        {
          "metrics": ["visitors", "pageviews", "bounce_rate"],
          "dimensions": ["page"],
          "from": "2026-03-01", "to": "2026-03-31",
          "filters": [
            { "dimension": "country", "op": "in", "values": ["DE", "AT"] },
            { "or": [
              { "dimension": "source", "value": "google" },
              { "not": { "dimension": "page", "op": "matches", "value": "^/blog/" } } ] } ],
          "order": ["-visitors"], "limit": 50,
          "compare": "previous_year"
        }
        ```

        The same without the inner filter, as an address:

        ```
        /api/v1/sites/example.com/reports?metrics=visitors,pageviews,bounce_rate&dimensions=page&from=2026-03-01&to=2026-03-31&filters=country:in:DE,AT&order=-visitors&limit=50&compare=previous_year
        ```

        Visitors of each day of the last four weeks:

        ```
        /api/v1/sites/example.com/reports?metrics=visitors&dimensions=day&period=28d
        ```

        ## The answer

        - `columns`: ids, labels and units of what stands in the rows.
        - `rows`: each with `dimensions` (texts) and `metrics` (numbers; null for a ratio to nothing).
        - `totals`: each metric over the whole range, counted anew. Distinct visitors and visits of rows do not add up, and are not added up.
        - `row_count`: all rows, before `limit` and `offset`.
        - `compare`: when asked for, `from`, `to`, `totals`, and a row beside each row: of the same dimension values, or of the bucket of time as far
          from the start.
        - `exact`: always true. `complete_until`: everything received until then is in the numbers. `definition_version`: the logic that made them.
        - `identity`: how long visitors can be told apart in the range: `one_day`, `persistent`, `mixed`, or `none` when no visitors are counted.
        - `time_zone`, `currency`, `from`, `to`: what the question came to.

        With `Accept: text/csv` or `format=csv` the rows come as a CSV file.

        ## What is counted

        Bots are left out, unless the report names the dimension `bot`. A dimension of an event takes the events that have the value; a dimension of a
        visit takes all events of the visits that have it. Metrics of whole visits (engagement, duration, starts) look at the whole visit of the
        events taken. A visit over midnight counts on both days. A missing value is shown, and can be asked for, as `(not set)`.

        When the only dimension is one of time, buckets without events are shown too, and `limit` is as large as it may be unless given.
        """;

    public static string Render()
    {
        var page = new StringBuilder(Opening).Append("\n\n");
        page.Append("## Metrics\n\n| id | unit | GA4 | meaning | rows add up |\n|---|---|---|---|---|\n");
        foreach (var metric in Metrics.All)
            Row(page, $"`{metric.Id}`", Unit(metric.Unit), metric.Ga4Name, metric.Description, Adding(metric.Additivity));
        page.Append("\n## Dimensions\n\n| id | of | GA4 | meaning |\n|---|---|---|---|\n");
        foreach (var dimension in Dimensions.All)
            Row(page, $"`{dimension.Id}`", dimension.Scope == DimensionScope.Visit ? "visit" : "event", dimension.Ga4Name, dimension.Description);
        Row(page, "`prop:NAME`", "event", "customEvent:NAME", $"The property NAME of the event; names have up to {Dimensions.PropertyNameLengthMax} characters.");
        page.Append("\n## Filters\n\n");
        page.Append("`filters` must all hold. A filter is `and` or `or` with a list, `not` with a filter, or a test: `dimension`, `op` (`is` when left out), `value` ");
        page.Append("(or `values` for `in` and `not_in`) and `ignore_case`. Operators: ").AppendJoin(", ", FilterParser.OperatorNames.Select(name => $"`{name}`"));
        page.Append(". `matches` looks for a regular expression in RE2's syntax, without named groups and classes in brackets. ");
        page.Append("`greater` and `less` compare numbers; what is not a number is neither.\n\n");
        page.Append("In an address a filter is that JSON, or `dimension:op:value`, repeated as often as needed.\n\n");
        page.Append("## Time\n\n`period` (or `from` alone) is one of ").AppendJoin(", ", Periods.Names.Select(name => $"`{name}`"));
        page.Append(CultureInfo.InvariantCulture, $"; those counted in days include today, `12mo` this month. Without `period` and `from` it is `{Periods.Default}`. ");
        page.Append("`compare` is `previous_period` (as many days before; as many months, when the range is whole months), `previous_year`, or `custom` with ");
        page.Append("`compare_from` and `compare_to`.\n\n## Limits\n\n");
        Limit(page, "metrics", ReportLimits.MetricsMax);
        Limit(page, "dimensions", ReportLimits.DimensionsMax);
        Limit(page, $"rows of one answer ({ReportLimits.RowsDefault} when not given)", ReportLimits.RowsMax);
        Limit(page, "offset", ReportLimits.OffsetMax);
        Limit(page, "tests in the filters", ReportLimits.FilterTestsMax);
        Limit(page, "levels of filters", ReportLimits.FilterDepthMax);
        Limit(page, "values of one test", ReportLimits.FilterValuesMax);
        Limit(page, "characters of a value", ReportLimits.FilterValueLengthMax);
        Limit(page, "characters of a regular expression", ReportLimits.ExpressionLengthMax);
        Limit(page, "days of a report by the hour", ReportLimits.HourlyDaysMax);
        page.Append("\nA report that runs too long is stopped and is a 504.\n\n");
        page.Append("## Now\n\n`GET /api/v1/sites/{site}/realtime`: distinct visitors of the last 5 and 30 minutes (`visitors5`, `visitors30`), page views of each of the ");
        page.Append("last 30 minutes, oldest first, and the pages and sources with most visitors of the last 30 minutes.\n");
        return page.ToString().ReplaceLineEndings("\n");
    }

    static void Row(StringBuilder page, params string?[] cells) => page.Append("| ").AppendJoin(" | ", cells.Select(cell => cell ?? "-")).Append(" |\n");

    static void Limit(StringBuilder page, string what, int most) => page.Append(CultureInfo.InvariantCulture, $"- {what}: {most}\n");

    static string Unit(MetricUnit unit) => unit switch
    {
        MetricUnit.Count => "count",
        MetricUnit.Share => "share, 0 to 1",
        MetricUnit.Mean => "mean",
        MetricUnit.Seconds => "seconds",
        MetricUnit.Currency => "site's currency",
        _ => throw new ArgumentOutOfRangeException(nameof(unit)),
    };

    static string Adding(Additivity additivity) => additivity switch
    {
        Additivity.Events => "yes",
        Additivity.Starts => "over time and dimensions of visits",
        _ => "no",
    };
}
