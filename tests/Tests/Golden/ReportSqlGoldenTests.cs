using System.Globalization;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.Sql;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Golden;

public sealed class ReportSqlGoldenTests
{
    static readonly Site Berlin = new(7, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default);

    [Theory]
    [InlineData("totals", "visitors,visits,pageviews,bounce_rate", "", "")]
    [InlineData("series", "pageviews", "day", "")]
    [InlineData("pages", "visitors,pageviews", "page", "page:contains:/blog")]
    [InlineData("sources", "visits,bounce_rate,revenue", "source", "country:in:DE,AT")]
    [InlineData("new_by_week", "new_visitors", "week,device", "prop:plan:is:pro")]
    [InlineData("mixed", "events", "bot", """{"or":[{"dimension":"source","value":"google"},{"dimension":"title","op":"matches","value":"^A"}]}""")]
    public void A_report_is_rendered_as_this_sql(string name, string metrics, string dimensions, string filter)
    {
        var parameters = new Dictionary<string, string>
        {
            ["metrics"] = metrics,
            ["dimensions"] = dimensions,
            ["from"] = "2026-03-20",
            ["to"] = "2026-04-02",
        };
        if (filter.Length > 0)
            parameters["filters"] = filter;
        var parsed = ReportRequestParser.Parse(ReportForm.Read(parameters, []), Berlin, DateTimeOffset.UnixEpoch);
        var report = ReportSql.Render(ReportPlan.For(parsed.Query!), null, DuckDbDialect.Instance);
        var values = report.Parameters.Values.Select((value, index) => string.Create(CultureInfo.InvariantCulture,
            $"-- $p{index} = {(value is DateTime time ? time.ToString("O", CultureInfo.InvariantCulture) : value)}\n"));
        GoldenText.Check($"Report.{name}.sql", string.Concat(values) + report.Sql + "\n");
    }

    [Fact]
    public void No_value_of_a_request_stands_in_the_sql()
    {
        const string Odd = "x'; DROP TABLE events; --";
        var request = new ReportRequest
        {
            Metrics = ["visits"],
            Dimensions = ["prop:" + Odd],
            Filters = [.. FilterParser.OperatorNames.Except(["greater", "less", "matches", "not_matches"])
                .Select(name => new FilterRequest { Dimension = "prop:" + Odd, Op = name, Values = [Odd] })],
        };
        var parsed = ReportRequestParser.Parse(request, Berlin, DateTimeOffset.UnixEpoch);
        Assert.Empty(parsed.Problems);
        var only = new Dictionary<int, IReadOnlyList<string>> { [0] = [Odd] };
        Assert.DoesNotContain("DROP", ReportSql.Render(ReportPlan.For(parsed.Query!), only, DuckDbDialect.Instance).Sql, StringComparison.OrdinalIgnoreCase);
    }
}
