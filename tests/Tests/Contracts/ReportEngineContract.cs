using Footfall.Core.Enrichment;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Contracts;

/// <summary>What every report engine must answer, measured against a recount in memory. A subclass brings the engine.</summary>
public abstract class ReportEngineContract
{
    static readonly Site Berlin = SiteIn("Europe/Berlin");

    protected abstract Task WithEngineAsync(IReadOnlyList<Event> events, Func<IReportEngine, Task> test);

    /// <summary>An engine that takes a second for each question is asked every so many-th of them; it says where all are asked.</summary>
    protected virtual int OneOf => 1;

    IEnumerable<T> Some<T>(IEnumerable<T> questions) => questions.Where((_, index) => index % OneOf == 0);

    public static TheoryData<string, string> ClocksThatChange => new()
    {
        // Zone, and the days around which the traffic is: spring and autumn, half an hour, at midnight, none at all.
        { "Europe/Berlin", "2025-03-30" },
        { "Europe/Berlin", "2025-10-26" },
        { "Asia/Kathmandu", "2025-06-15" },
        { "Australia/Lord_Howe", "2025-04-06" },
        { "Australia/Lord_Howe", "2025-10-05" },
        { "America/Sao_Paulo", "2018-11-04" },
        { "America/Sao_Paulo", "2018-02-18" },
        { "America/Havana", "2025-11-02" },
        { "America/St_Johns", "2025-03-09" },
        { "UTC", "2025-12-31" },
    };

    [Fact]
    public async Task Every_metric_is_right_by_every_dimension()
    {
        var events = Traffic.Random(1, Utc(2025, 10, 20), Utc(2025, 11, 3), 120);
        await WithEngineAsync(events, async engine =>
        {
            foreach (var dimension in Some(Dimensions.All.Concat([Dimensions.Property("plan"), Dimensions.Property("a/b~c"), Dimensions.Property("price")])))
                await CheckAsync(engine, events, Query(Metrics.All, [dimension], new(2025, 10, 22), new(2025, 10, 30)));
            await CheckAsync(engine, events, Query(Metrics.All, [], new(2025, 10, 22), new(2025, 10, 30)));
        });
    }

    [Fact]
    public async Task Every_metric_is_right_when_asked_alone()
    {
        var events = Traffic.Random(2, Utc(2025, 10, 20), Utc(2025, 11, 3), 60);
        string[] by = ["", "page", "source", "day", "new_or_returning", "prop:plan"];
        await WithEngineAsync(events, async engine =>
        {
            foreach (var (metric, id) in Some(Metrics.All.SelectMany(metric => by.Select(id => (metric, id)))))
                await CheckAsync(engine, events, Query([metric], Named(id), new(2025, 10, 22), new(2025, 10, 30)));
        });
    }

    [Fact]
    public async Task Several_dimensions_are_right_together()
    {
        var events = Traffic.Random(3, Utc(2025, 10, 20), Utc(2025, 11, 3), 100);
        var random = new Random(3);
        await WithEngineAsync(events, async engine =>
        {
            for (var turn = 0; turn < 25; turn += OneOf)
            {
                var dimensions = Dimensions.All.OrderBy(_ => random.Next()).Take(random.Next(2, 5)).ToList();
                await CheckAsync(engine, events, Query(Metrics.All, dimensions, new(2025, 10, 22), new(2025, 10, 30)));
            }
        });
    }

    [Fact]
    public async Task Nested_filters_are_right()
    {
        var events = Traffic.Random(4, Utc(2025, 10, 20), Utc(2025, 11, 3), 100);
        var random = new Random(4);
        await WithEngineAsync(events, async engine =>
        {
            for (var turn = 0; turn < 80; turn += OneOf)
            {
                var dimensions = Named(" page source day bot".Split(' ')[turn % 5]);
                await CheckAsync(engine, events, Query(Metrics.All, dimensions, new(2025, 10, 21), new(2025, 11, 1)) with
                {
                    Filter = RandomFilter(random, 0),
                });
            }
        });
    }

    [Theory]
    [MemberData(nameof(ClocksThatChange))]
    public async Task Buckets_of_time_are_right_where_clocks_change(string zone, string around)
    {
        var day = DateOnly.ParseExact(around, "yyyy-MM-dd");
        var noon = day.ToDateTime(new TimeOnly(12, 0), DateTimeKind.Utc);
        var events = Traffic.Random(5, noon.AddDays(-3), noon.AddDays(3), 150);
        var site = SiteIn(zone);
        await WithEngineAsync(events, async engine =>
        {
            foreach (var dimension in Some(Dimensions.All.Where(dimension => dimension.IsTime)))
            {
                await CheckAsync(engine, events, Query(Metrics.All, [dimension], day.AddDays(-1), day.AddDays(1)) with { Site = site });
                await CheckAsync(engine, events, Query(Metrics.All, [dimension], day, day) with { Site = site });
                await CheckAsync(engine, events, Query(Metrics.All, [dimension, Dimensions.Find("page")!], day, day.AddDays(1)) with { Site = site });
            }
        });
    }

    [Fact]
    public async Task Rows_of_sums_add_up_to_the_totals()
    {
        var events = Traffic.Random(6, Utc(2025, 10, 20), Utc(2025, 11, 3), 150);
        await WithEngineAsync(events, async engine =>
        {
            foreach (var dimension in Some(Dimensions.All.Append(Dimensions.Property("plan"))))
            {
                var adding = Metrics.All.Where(metric => metric.Additivity == Additivity.Events
                    || (metric.Additivity == Additivity.Starts && (dimension.IsTime || dimension.Scope == DimensionScope.Visit))).ToList();
                var answer = await engine.RunAsync(Query(adding, [dimension], new(2025, 10, 22), new(2025, 10, 30)), Cancellation);
                for (var index = 0; index < adding.Count; index++)
                    AssertNear(answer.Totals[index], answer.Rows.Sum(row => row.Metrics[index]), $"{adding[index].Id} by {dimension.Id}");
                Assert.NotEmpty(answer.Rows);
            }
        });
    }

    [Fact]
    public async Task Pages_of_a_report_are_the_whole_report()
    {
        var events = Traffic.Random(7, Utc(2025, 10, 20), Utc(2025, 11, 3), 100);
        await WithEngineAsync(events, async engine =>
        {
            foreach (var by in Some("order_id,event page day,source hour".Split(' ')))
            {
                var query = Query(Named("visits,time_on_page", Metrics.Find), Named(by), new(2025, 10, 22), new(2025, 10, 30)) with
                {
                    Order = [new ReportOrder("time_on_page", Descending: true)],
                };
                var whole = await engine.RunAsync(query, Cancellation);
                var paged = new List<ReportRow>();
                for (var offset = 0; offset <= whole.RowCount; offset += 7)
                {
                    var page = await engine.RunAsync(query with { Limit = 7, Offset = offset }, Cancellation);
                    Assert.Equal(whole.RowCount, page.RowCount);
                    paged.AddRange(page.Rows);
                }
                Assert.Equal(whole.RowCount, whole.Rows.Count);
                Assert.Equal(whole.Rows.Select(row => NaiveReports.Key(row.Dimensions)), paged.Select(row => NaiveReports.Key(row.Dimensions)));
                var values = whole.Rows.Select(row => row.Metrics[1]).ToList();
                Assert.Equal(values.OrderBy(value => value is null).ThenByDescending(value => value), values);
            }
        });
    }

    [Fact]
    public async Task A_comparison_sets_the_same_values_and_the_same_place_in_time_beside_each_row()
    {
        var events = Traffic.Random(8, Utc(2025, 10, 10), Utc(2025, 11, 3), 150);
        await WithEngineAsync(events, async engine =>
        {
            foreach (var by in " page source day hour day,page prop:plan".Split(' '))
            {
                var query = Query(Named("visitors,visits,revenue,time_on_page", Metrics.Find), Named(by), new(2025, 10, 22), new(2025, 10, 28)) with
                {
                    Compare = new DateRange(new(2025, 10, 15), new(2025, 10, 21)),
                    Limit = by == "page" ? 3 : ReportLimits.RowsMax,
                };
                var answer = await engine.RunAsync(query, Cancellation);
                var naive = new NaiveReports(events, 1).Run(query with { Range = query.Compare!.Value });
                AssertNear(naive.Totals, answer.Compare!.Totals, by);
                Assert.Equal(answer.Rows.Count, answer.Compare.Rows.Count);
                foreach (var row in answer.Compare.Rows.Where(row => !row.Dimensions.Contains("")))
                {
                    var expected = naive.Rows.GetValueOrDefault(NaiveReports.Key(row.Dimensions))
                        ?? [.. query.Metrics.Select(metric => metric.Measure.OfNothing)];
                    AssertNear(expected, row.Metrics, by);
                }
                if (by == "day")
                    Assert.Equal(("2025-10-22", "2025-10-15"), (answer.Rows[0].Dimensions[0], answer.Compare.Rows[0].Dimensions[0]));
            }
        });
    }

    [Fact]
    public async Task A_site_without_events_answers_with_nothing()
    {
        await WithEngineAsync([], async engine =>
        {
            var answer = await engine.RunAsync(Query(Metrics.All, Named("page"), new(2025, 10, 22), new(2025, 10, 30)) with { AllTime = true }, Cancellation);
            Assert.Empty(answer.Rows);
            Assert.Equal(0, answer.RowCount);
            Assert.Equal(IdentityLifetime.None, answer.Identity);
            Assert.Equal(Metrics.All.Select(metric => metric.Measure.OfNothing), answer.Totals);
        });
    }

    [Fact]
    public async Task All_time_begins_with_the_first_event()
    {
        var events = Traffic.Random(9, Utc(2025, 10, 10), Utc(2025, 11, 3), 40);
        var first = DateTime.UnixEpoch.AddMilliseconds(events.Where(one => one.Site == 1).Min(one => one.OccurredAt));
        await WithEngineAsync(events, async engine =>
        {
            var query = Query(Named("events", Metrics.Find), Named("day"), ReportLimits.FirstDay, new(2025, 12, 1)) with { AllTime = true };
            var answer = await engine.RunAsync(query, Cancellation);
            Assert.Equal(LocalTime.DayOf(first, Berlin.Zone), answer.From);
            Assert.Equal(answer.To.DayNumber - answer.From.DayNumber + 1, answer.Rows.Count);
            Assert.Equal(events.Count(one => one.Site == 1 && one.Bot is null), answer.Totals[0]);
        });
    }

    [Fact]
    public async Task An_answer_says_how_complete_it_is_and_how_long_visitors_can_be_told_apart()
    {
        var events = Traffic.Random(10, Utc(2025, 10, 22), Utc(2025, 10, 24), 60);
        await WithEngineAsync(events, async engine =>
        {
            var answer = await engine.RunAsync(Query(Named("visitors", Metrics.Find), [], new(2025, 10, 22), new(2025, 10, 30)), Cancellation);
            Assert.True(answer.Exact);
            Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), answer.CompleteUntil);
            Assert.Equal("test", answer.DefinitionVersion);
            Assert.Equal(IdentityLifetime.Mixed, answer.Identity);
            Assert.Equal(("Europe/Berlin", "EUR"), (answer.TimeZone, answer.Currency));
        });
    }

    [Fact]
    public async Task Realtime_counts_the_last_half_hour()
    {
        var now = Utc(2025, 10, 22).AddHours(12);
        var events = Traffic.Random(11, now.AddMinutes(-50), now.AddMinutes(10), 120);
        await WithEngineAsync(events, async engine =>
        {
            var answer = await engine.RealtimeAsync(Berlin, new DateTimeOffset(now), Cancellation);
            DateTime At(Event one) => DateTime.UnixEpoch.AddMilliseconds(one.OccurredAt);
            var recent = events.Where(one => one.Site == 1 && one.Bot is null && At(one) > now.AddMinutes(-30) && At(one) <= now).ToList();
            Assert.Equal(recent.DistinctBy(one => one.Visitor).Count(), answer.Visitors30);
            Assert.Equal(recent.Where(one => At(one) > now.AddMinutes(-5)).DistinctBy(one => one.Visitor).Count(), answer.Visitors5);
            var minutes = Enumerable.Range(0, 30).Select(index => recent.LongCount(one => one.Name == "pageview"
                && At(one) > now.AddMinutes(index - 30) && At(one) <= now.AddMinutes(index - 29)));
            Assert.Equal(minutes, answer.PageViews);
            var pages = recent.Where(one => one.Name == "pageview").GroupBy(one => one.Page)
                .Select(group => new RealtimeRow(group.Key, group.DistinctBy(one => one.Visitor).Count()));
            Assert.Equal(pages.OrderByDescending(row => row.Visitors).ThenBy(row => row.Name, StringComparer.Ordinal), answer.Pages);
            var sources = recent.GroupBy(one => one.Source.Source).Select(group => new RealtimeRow(group.Key, group.DistinctBy(one => one.Visitor).Count()));
            Assert.Equal(sources.OrderByDescending(row => row.Visitors).ThenBy(row => row.Name, StringComparer.Ordinal), answer.Sources);
        });
    }

    [Fact]
    public async Task The_traffic_of_all_sites_is_that_of_a_recount()
    {
        var now = Utc(2025, 10, 22).AddHours(12).AddSeconds(1);
        var events = Traffic.Random(12, now.AddHours(-60), now.AddHours(3), 150);
        await WithEngineAsync(events, async engine =>
        {
            var answer = await engine.TrafficAsync(new DateTimeOffset(now), Cancellation);
            Assert.Equal([1, 2], answer.Select(site => site.Site).Order());
            foreach (var site in answer)
            {
                int Visitors(double from, double to) => events.Where(one => one.Site == site.Site && one.Bot is null)
                    .Where(one => DateTime.UnixEpoch.AddMilliseconds(one.OccurredAt) is var at && at > now.AddHours(from) && at <= now.AddHours(to))
                    .DistinctBy(one => one.Visitor).Count();
                Assert.Equal((Visitors(-24, 0), Visitors(-48, -24)), (site.Visitors, site.VisitorsBefore));
                Assert.Equal(Enumerable.Range(0, 24).Select(hour => Visitors(hour - 24, hour - 23)), site.Hours);
            }
        });
    }

    static async Task CheckAsync(IReportEngine engine, IReadOnlyList<Event> events, ReportQuery query)
    {
        var answer = await engine.RunAsync(query, Cancellation);
        var naive = new NaiveReports(events, query.Site.Id).Run(query);
        var what = $"{string.Join(',', query.Dimensions.Select(dimension => dimension.Id))} {query.Filter} {query.Site.TimeZone} {query.Range}";
        AssertNear(naive.Totals, answer.Totals, "totals " + what);
        if (query.Dimensions.Count == 0)
        {
            AssertNear(naive.Totals, Assert.Single(answer.Rows).Metrics, what);
            return;
        }
        var nothing = query.Metrics.Select(metric => metric.Measure.OfNothing).ToArray();
        var got = answer.Rows.ToDictionary(row => NaiveReports.Key(row.Dimensions), row => row.Metrics);
        Assert.Equal(answer.RowCount, got.Count);
        Assert.Empty(naive.Rows.Keys.Except(got.Keys));
        foreach (var (key, metrics) in got)
            AssertNear(naive.Rows.GetValueOrDefault(key) ?? nothing, metrics, $"{key} of {what}");
        if (query.Series is null)
            Assert.Equal(naive.Rows.Count, got.Count);
    }

    static void AssertNear(double?[] expected, IReadOnlyList<double?> got, string what)
    {
        for (var index = 0; index < expected.Length; index++)
            AssertNear(expected[index], got[index], $"metric {index}, {what}");
    }

    static void AssertNear(double? expected, double? got, string what) => Assert.True(
        expected == got || Math.Abs(expected!.Value - got!.Value) <= 1e-9 * Math.Max(1, Math.Abs(expected.Value)),
        $"Expected {expected}, got {got}: {what}");

    static Filter RandomFilter(Random random, int depth) => (depth < 3 ? random.Next(6) : 9) switch
    {
        0 => new Filter.And([RandomFilter(random, depth + 1), RandomFilter(random, depth + 1)]),
        1 or 2 => new Filter.Or([RandomFilter(random, depth + 1), RandomFilter(random, depth + 1)]),
        3 => new Filter.Not(RandomFilter(random, depth + 1)),
        _ => RandomTest(random),
    };

    static Filter.Test RandomTest(Random random)
    {
        string[] ids =
        [
            "page", "page", "title", "event", "prop:plan", "prop:price", "source", "country", "campaign", "new_or_returning", "day", "hour_of_day",
            "day_of_week", "week", "month", "browser_version", "entry_page", "referrer", "hostname", .. random.Next(6) == 0 ? ["bot"] : Array.Empty<string>(),
        ];
        string[] values =
            ["/", "/a", "/Ünï", "(not set)", "", "pro", "12.5", "google", "DE", "new", "2025-10-26", "02", "1", "2025-10", "128", "pageview", "o", "HOME"];
        string[] expressions = ["^/", "a$", "o+", "(?i)GOO|pro", "[0-9]{2}", "^.not set.$"];
        var operation = (FilterOperator)random.Next(12);
        string[] asked = operation switch
        {
            FilterOperator.Matches or FilterOperator.NotMatches => [expressions[random.Next(expressions.Length)]],
            FilterOperator.Greater or FilterOperator.Less => [new[] { "3", "12", "1.5" }[random.Next(3)]],
            FilterOperator.In or FilterOperator.NotIn => [.. values.Where(_ => random.Next(3) == 0), "x"],
            _ => [values[random.Next(values.Length)]],
        };
        return new Filter.Test(Dimensions.Find(ids[random.Next(ids.Length)])!, operation, asked, random.Next(3) == 0);
    }

    static ReportQuery Query(IReadOnlyList<Metric> metrics, IReadOnlyList<Dimension> dimensions, DateOnly from, DateOnly to) => new()
    {
        Site = Berlin,
        Metrics = metrics,
        Dimensions = dimensions,
        Range = new DateRange(from, to),
        Order = ReportQuery.DefaultOrder(metrics, dimensions),
        Limit = ReportLimits.RowsMax,
    };

    static List<Dimension> Named(string ids) => Named(ids, Dimensions.Find);

    static List<T> Named<T>(string ids, Func<string, T?> find)
        where T : class => [.. ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => find(id)!)];

    static Site SiteIn(string zone) => new(1, ["example.com"], zone, "EUR", SiteSettings.Default);

    static DateTime Utc(int year, int month, int day) => new(year, month, day, 0, 0, 0, DateTimeKind.Utc);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
