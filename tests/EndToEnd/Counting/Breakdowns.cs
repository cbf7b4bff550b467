namespace Footfall.EndToEnd.Counting;

/// <summary>A month counted by the server and by the loops below.</summary>
public abstract class Breakdowns(Month month)
{
    /// <summary>Dimensions of which a visit has one value, so that visits add up as well as events and page views.</summary>
    [Theory]
    [InlineData("source")]
    [InlineData("medium")]
    [InlineData("channel")]
    [InlineData("country")]
    [InlineData("browser")]
    [InlineData("os")]
    [InlineData("device")]
    [InlineData("language")]
    public async Task A_breakdown_of_visits_adds_up_to_the_total(string dimension)
    {
        var report = await month.Api.ReportAsync(Month.Site, ["visits", "pageviews", "events"], dimension);
        Assert.Equal(month.Visits.Count, report.Rows.Sum(row => row.Metric("visits")));
        Assert.Equal(month.Events.Count(one => one.IsPageView), report.Rows.Sum(row => row.Metric("pageviews")));
        Assert.Equal(month.Events.Count, report.Rows.Sum(row => row.Metric("events")));
        Assert.All(report.Totals, total => Assert.Equal(total.Value, report.Rows.Sum(row => row.Metric(total.Key))));
        Assert.Equal(3, report.Totals.Count);
        Assert.Equal(report.Rows.Count, report.Rows.Select(row => row.Dimensions[0]).Distinct().Count());
    }

    [Fact]
    public async Task The_totals_are_those_of_a_naive_recount()
    {
        var total = Assert.Single((await month.Api.ReportAsync(Month.Site, ["visitors", "visits", "pageviews", "events"])).Rows);
        Assert.Equal(month.Events.Select(one => one.Visitor).Distinct().Count(), total.Metric("visitors"));
        Assert.Equal(month.Visits.Count, total.Metric("visits"));
        Assert.Equal(month.Events.Count(one => one.IsPageView), total.Metric("pageviews"));
        Assert.Equal(month.Events.Count, total.Metric("events"));
    }

    [Fact]
    public async Task Pages_are_those_of_a_naive_recount()
    {
        var expected = month.Events.GroupBy(one => one.Page)
            .ToDictionary(page => page.Key, page => (Views: page.Count(one => one.IsPageView), Visitors: page.Select(one => one.Visitor).Distinct().Count()));
        var report = await month.Api.ReportAsync(Month.Site, ["pageviews", "visitors"], "page");
        var pages = report.Rows.ToDictionary(row => row.Dimensions[0]);
        Assert.Equal(expected.Count, pages.Count);
        Assert.All(expected, page =>
        {
            Assert.Equal(page.Value.Views, pages[page.Key].Metric("pageviews"));
            Assert.Equal(page.Value.Visitors, pages[page.Key].Metric("visitors"));
        });
    }

    [Fact]
    public async Task Sources_are_those_of_the_first_events_of_visits()
    {
        var report = await month.Api.ReportAsync(Month.Site, ["visits", "visitors", "events"], "source");
        var expected = month.Visits.GroupBy(visit => visit[0].Source).ToDictionary(source => source.Key, source => source.ToList());
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), report.Rows.Select(row => row.Dimensions[0]).Order(StringComparer.Ordinal));
        Assert.All(report.Rows, row =>
        {
            var visits = expected[row.Dimensions[0]];
            Assert.Equal(visits.Count, row.Metric("visits"));
            Assert.Equal(visits.Select(visit => visit[0].Visitor).Distinct().Count(), row.Metric("visitors"));
            Assert.Equal(visits.Sum(visit => visit.Count), row.Metric("events"));
        });
    }

    [Fact]
    public async Task The_ledger_has_every_event_once()
    {
        var ledger = await month.Api.SettledLedgerAsync(Month.Site);
        Assert.True(ledger.Totals.Balances, ledger.ToString());
        Assert.Equal((month.Events.Count, month.Events.Count), (ledger.Totals.Accepted, ledger.Totals.Counted));
    }
}
