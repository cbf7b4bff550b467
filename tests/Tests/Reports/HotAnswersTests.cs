using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Reports;

public sealed class HotAnswersTests
{
    /// <summary>Numbers and chart of four periods.</summary>
    const int QuestionsOfSite = 8;

    readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 3, 4, 12, 0, 0, TimeSpan.Zero));
    readonly CountingEngine _engine = new();
    readonly CountingEngine _reporters = new();
    readonly DictionaryCache _cache = new();
    readonly LiveDataVersions _versions = new("epoch");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("today", "hour")]
    [InlineData("yesterday", "hour")]
    [InlineData("7d", "day")]
    [InlineData("28d", "day")]
    public async Task What_the_dashboard_asks_first_is_in_the_cache_for_every_process(string period, string interval)
    {
        _engine.Active = [1, 2];
        await Answers().PassAsync(Stop);
        var reporter = new CachedReportEngine(_reporters, _cache, _versions, () => "definitions");
        var top = new ReportRequest
        {
            Metrics = ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "engagement_rate", "visit_duration", "revenue"],
            Period = period,
            Compare = "previous_period",
        };
        await AskAsync(reporter, top);
        await AskAsync(reporter, top with { Metrics = ["visitors"], Dimensions = [interval] });
        Assert.Equal(0, _reporters.Runs);
        // And once somebody comes, nobody is told of the time before.
        _versions.Move([new SiteDay(1, new DateOnly(2026, 3, 4)), new SiteDay(1, new DateOnly(2026, 3, 3))]);
        await AskAsync(reporter, top);
        Assert.Equal(1, _reporters.Runs);
    }

    [Fact]
    public async Task A_pass_computes_only_what_changed()
    {
        _engine.Active = [1, 2];
        var answers = Answers();
        Assert.StartsWith("16 answers made ahead for 2 of 2", await answers.PassAsync(Stop), StringComparison.Ordinal);
        Assert.Null(await answers.PassAsync(Stop));
        _versions.Move([new SiteDay(2, new DateOnly(2026, 3, 4))]);
        // Today's, and what reaches into today: all but yesterday's.
        Assert.StartsWith("6 answers", await answers.PassAsync(Stop), StringComparison.Ordinal);
        Assert.Equal((2 * QuestionsOfSite) + 6, _engine.Runs);
    }

    [Fact]
    public async Task Sites_are_bounded_and_those_with_most_visitors_come_first()
    {
        _engine.Active = [1, 2, 3];
        await Answers(new HotAnswersOptions { SitesMost = 1 }).PassAsync(Stop);
        Assert.Equal(QuestionsOfSite, _engine.Runs);
        Assert.All(_engine.Asked, site => Assert.Equal(3, site));
    }

    [Fact]
    public async Task A_pass_whose_time_is_over_leaves_the_rest_to_the_next_one()
    {
        _engine.Active = [1, 2, 3];
        var answers = Answers(new HotAnswersOptions { PassMost = TimeSpan.FromSeconds(1) });
        _engine.Running = () => _clock.Advance(TimeSpan.FromSeconds(1));
        for (var pass = 1; pass <= 3; pass++)
            Assert.StartsWith("8 answers made ahead for 1 of 3", await answers.PassAsync(Stop), StringComparison.Ordinal);
        Assert.Equal(3, _engine.Asked.Distinct().Count());
    }

    HotAnswers Answers(HotAnswersOptions? options = null)
    {
        var sites = new SiteDirectory();
        sites.Load([.. Enumerable.Range(1, 3).Select(SiteOf)]);
        return new HotAnswers(new CachedReportEngine(_engine, _cache, _versions, () => "definitions"), sites, _clock, options ?? new HotAnswersOptions());
    }

    async Task AskAsync(CachedReportEngine engine, ReportRequest request) =>
        await engine.RunAsync(ReportRequestParser.Parse(request, SiteOf(1), _clock.GetUtcNow()).Query!, Stop);

    static Site SiteOf(int id) => new(id, [$"{id}.example"], "UTC", "EUR", SiteSettings.Default);
}
