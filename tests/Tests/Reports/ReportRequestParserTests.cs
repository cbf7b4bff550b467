using System.Text.Json;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Reports;

public sealed class ReportRequestParserTests
{
    // In Berlin it is already the 12th.
    static readonly DateTimeOffset Now = new(2026, 3, 11, 23, 30, 0, TimeSpan.Zero);
    static readonly Site Berlin = new(7, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default);

    [Theory]
    [InlineData("today", "2026-03-12", "2026-03-12")]
    [InlineData("yesterday", "2026-03-11", "2026-03-11")]
    [InlineData("7d", "2026-03-06", "2026-03-12")]
    [InlineData("28d", "2026-02-13", "2026-03-12")]
    [InlineData("30d", "2026-02-11", "2026-03-12")]
    [InlineData("90d", "2025-12-13", "2026-03-12")]
    [InlineData("month", "2026-03-01", "2026-03-31")]
    [InlineData("12mo", "2025-04-01", "2026-03-31")]
    [InlineData("year", "2026-01-01", "2026-12-31")]
    [InlineData("all", "1970-01-01", "2026-03-12")]
    public void A_period_is_counted_from_the_sites_own_day(string period, string from, string to)
    {
        var query = Good($$"""{"metrics":["visitors"],"period":"{{period}}"}""");
        Assert.Equal((from, to), (query.Range.From.ToString("yyyy-MM-dd"), query.Range.To.ToString("yyyy-MM-dd")));
        Assert.Equal(period == "all", query.AllTime);
    }

    [Fact]
    public void Without_a_period_it_is_four_weeks() => Assert.Equal(Good("""{"metrics":["visitors"],"period":"28d"}""").Range, Good("""{"metrics":["visitors"]}""").Range);

    [Fact]
    public void A_range_without_an_end_ends_today() =>
        Assert.Equal(new DateRange(new(2026, 3, 1), new(2026, 3, 12)), Good("""{"metrics":["visitors"],"from":"2026-03-01"}""").Range);

    [Theory]
    [InlineData("2026-03-05", "2026-03-11", "previous_period", "2026-02-26", "2026-03-04")]
    [InlineData("2026-03-01", "2026-03-31", "previous_period", "2026-02-01", "2026-02-28")]
    [InlineData("2026-01-01", "2026-03-31", "previous_period", "2025-10-01", "2025-12-31")]
    [InlineData("2024-02-29", "2024-02-29", "previous_year", "2023-02-28", "2023-02-28")]
    public void A_comparison_takes_the_range_before_or_the_year_before(string from, string to, string compare, string expectedFrom, string expectedTo)
    {
        var query = Good($$"""{"metrics":["visitors"],"from":"{{from}}","to":"{{to}}","compare":"{{compare}}"}""");
        Assert.Equal(new DateRange(DateOnly.Parse(expectedFrom), DateOnly.Parse(expectedTo)), query.Compare);
    }

    [Fact]
    public void A_comparison_takes_any_dates() => Assert.Equal(new DateRange(new(2025, 1, 1), new(2025, 1, 2)),
        Good("""{"metrics":["visitors"],"compare":"custom","compare_from":"2025-01-01","compare_to":"2025-01-02"}""").Compare);

    [Theory]
    [InlineData("""{}""", "metrics", null)]
    [InlineData("""{"metrics":[]}""", "metrics", null)]
    [InlineData("""{"metrics":["vistors"]}""", "metrics[0]", "visitors")]
    [InlineData("""{"metrics":["bouncerate"]}""", "metrics[0]", "bounce_rate")]
    [InlineData("""{"metrics":["visits","visits"]}""", "metrics[1]", null)]
    [InlineData("""{"metrics":[null]}""", "metrics[0]", null)]
    [InlineData("""{"metrics":["visits"],"dimensions":["contry"]}""", "dimensions[0]", "country")]
    [InlineData("""{"metrics":["visits"],"period":"8d"}""", "period", "7d")]
    [InlineData("""{"metrics":["visits"],"period":"7d","from":"2026-01-01"}""", "period", null)]
    [InlineData("""{"metrics":["visits"],"from":"1.1.2026"}""", "from", null)]
    [InlineData("""{"metrics":["visits"],"from":"1969-12-31"}""", "from", null)]
    [InlineData("""{"metrics":["visits"],"to":"2026-01-01"}""", "from", null)]
    [InlineData("""{"metrics":["visits"],"from":"2026-02-01","to":"2026-01-01"}""", "to", null)]
    [InlineData("""{"metrics":["visits"],"limit":0}""", "limit", null)]
    [InlineData("""{"metrics":["visits"],"limit":10001}""", "limit", null)]
    [InlineData("""{"metrics":["visits"],"offset":-1}""", "offset", null)]
    [InlineData("""{"metrics":["visits"],"order":["visitors"]}""", "order[0]", "visits")]
    [InlineData("""{"metrics":["visits"],"compare":"last_year"}""", "compare", "previous_year")]
    [InlineData("""{"metrics":["visits"],"compare_from":"2026-01-01"}""", "compare", null)]
    [InlineData("""{"metrics":["visits"],"period":"all","compare":"previous_year"}""", "compare", null)]
    [InlineData("""{"metrics":["visits"],"dimensions":["hour"],"from":"2020-01-01"}""", "dimensions", null)]
    [InlineData("""{"metrics":["visits"],"dimensions":["hour"],"period":"all"}""", "dimensions", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{}]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[null]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"and":[]}]}""", "filters[0].and", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"or":[{"dimension":"pgae","value":"/"}]}]}""", "filters[0].or[0].dimension", "page")]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","op":"like","value":"/"}]}""", "filters[0].op", "is")]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page"}]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","op":"in","values":[]}]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","values":["a","b"]}]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","op":"in","values":["a",null]}]}""", "filters[0]", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","op":"greater","value":"many"}]}""", "filters[0].value", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"page","op":"matches","value":"("}]}""", "filters[0].value", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"dimension":"hour","value":"1"}]}""", "filters[0].dimension", null)]
    [InlineData("""{"metrics":["visits"],"filters":[{"not":{"not":{"not":{"not":{"not":{"not":{"dimension":"page","value":"/"}}}}}}}]}""",
        "filters[0].not.not.not.not.not.not", null)]
    public void What_is_wrong_is_named(string json, string field, string? nearest)
    {
        var parsed = Parse(json);
        Assert.Null(parsed.Query);
        var problem = Assert.Single(parsed.Problems);
        Assert.Equal(field, problem.Field);
        Assert.NotEmpty(problem.Message);
        if (nearest is not null)
            Assert.Contains(nearest, problem.Nearest!);
    }

    [Fact]
    public void Everything_that_is_wrong_is_named() => Assert.Equal(
        ["metrics[0]", "dimensions[0]", "from", "filters[0].dimension", "limit"],
        Parse("""{"metrics":["x"],"dimensions":["y"],"from":"z","limit":-1,"filters":[{"dimension":"w","value":""}]}""").Problems.Select(problem => problem.Field));

    [Fact]
    public void Too_many_tests_are_refused_with_the_limit()
    {
        var request = new ReportRequest
        {
            Metrics = ["visits"],
            Filters = [.. Enumerable.Repeat(new FilterRequest { Dimension = "page", Value = "/" }, ReportLimits.FilterTestsMax + 1)],
        };
        var problem = Assert.Single(ReportRequestParser.Parse(request, Berlin, Now).Problems);
        Assert.Equal(("filters", ReportLimits.FilterTestsMax), (problem.Field, problem.Limit));
    }

    [Fact]
    public void An_unknown_field_is_refused() =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize("""{"metrics":["visits"],"filter":[]}""", ReportJson.Default.ReportRequest));

    [Fact]
    public void Rows_are_ordered_by_time_or_else_by_the_first_metric()
    {
        Assert.Equal([new ReportOrder("visits", true)], Good("""{"metrics":["visits","events"],"dimensions":["page"]}""").Order);
        Assert.Equal([new ReportOrder("day", false), new ReportOrder("visits", true)], Good("""{"metrics":["visits"],"dimensions":["page","day"]}""").Order);
        Assert.Equal([new ReportOrder("page", false), new ReportOrder("visits", true)],
            Good("""{"metrics":["visits"],"dimensions":["page"],"order":["page","-visits"]}""").Order);
    }

    [Fact]
    public void A_series_is_not_cut_unless_asked()
    {
        Assert.Equal(ReportLimits.RowsMax, Good("""{"metrics":["visits"],"dimensions":["hour"]}""").Limit);
        Assert.Equal(ReportLimits.RowsDefault, Good("""{"metrics":["visits"],"dimensions":["page"]}""").Limit);
        Assert.Equal(5, Good("""{"metrics":["visits"],"dimensions":["day"],"limit":5}""").Limit);
    }

    [Theory]
    [InlineData("^/blog/[0-9]{4}/.*$")]
    [InlineData(@"\.html?$")]
    [InlineData(@"(?i)foo|(?:bar)+?")]
    [InlineData(@"[\w.-]+@[^/]*")]
    [InlineData(@"a\\(b)")]
    public void An_expression_that_every_engine_understands_is_taken(string expression) => Assert.Null(ExpressionRules.ProblemOf(expression));

    [Theory]
    [InlineData("(")]
    [InlineData("a**")]
    [InlineData("a++")]
    [InlineData(@"(a)\1")]
    [InlineData("(?=a)")]
    [InlineData("(?<!a)b")]
    [InlineData("(?<name>a)")]
    [InlineData(@"a\Z")]
    [InlineData(@"\é")]
    [InlineData(@"\u0041")]
    [InlineData("a{1001}")]
    [InlineData("((a{100}){100}){100}")]
    [InlineData("[a-z-[aeiou]]")]
    [InlineData("[[:alpha:]]")]
    [InlineData("a\\")]
    public void An_expression_that_engines_disagree_on_is_refused(string expression) => Assert.NotNull(ExpressionRules.ProblemOf(expression));

    static ReportParse Parse(string json) =>
        ReportRequestParser.Parse(JsonSerializer.Deserialize(json, ReportJson.Default.ReportRequest)!, Berlin, Now);

    static ReportQuery Good(string json)
    {
        var parsed = Parse(json);
        Assert.Empty(parsed.Problems);
        return parsed.Query!;
    }
}
