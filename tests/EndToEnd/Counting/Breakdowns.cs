namespace Footfall.EndToEnd.Counting;

/// <summary>100,000 events of a month, in no order, each told when it happened; counted by the server and by the loops below.</summary>
public sealed class Breakdowns(Breakdowns.Month month) : IClassFixture<Breakdowns.Month>
{
    const string Site = "month.example";

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
        var report = await month.Api.ReportAsync(Site, ["visits", "pageviews", "events"], dimension);
        Assert.Equal(month.Visits.Count, report.Rows.Sum(row => row.Metric("visits")));
        Assert.Equal(month.Events.Count(one => one.IsPageView), report.Rows.Sum(row => row.Metric("pageviews")));
        Assert.Equal(month.Events.Count, report.Rows.Sum(row => row.Metric("events")));
        Assert.Equal(report.Rows.Count, report.Rows.Select(row => row.Dimensions[0]).Distinct().Count());
    }

    [Fact]
    public async Task The_totals_are_those_of_a_naive_recount()
    {
        var total = Assert.Single((await month.Api.ReportAsync(Site, ["visitors", "visits", "pageviews", "events"])).Rows);
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
        var report = await month.Api.ReportAsync(Site, ["pageviews", "visitors"], "page");
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
        var report = await month.Api.ReportAsync(Site, ["visits", "visitors", "events"], "source");
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
        var ledger = await month.Api.SettledLedgerAsync(Site);
        Assert.True(ledger.Totals.Balances, ledger.ToString());
        Assert.Equal((month.Events.Count, month.Events.Count), (ledger.Totals.Accepted, ledger.Totals.Counted));
    }

    /// <summary>One event as it is sent. The source is what its URL and referrer mean.</summary>
    public sealed record Sending(int Number, string Visitor, DateTimeOffset Time, string Page, string Source, bool IsPageView, string Agent, string Language)
    {
        public object ToWire() => new
        {
            site = Site,
            name = IsPageView ? "pageview" : "signup",
            url = $"https://{Site}{Page}{(Source is "(direct)" or "partner.example" ? "" : "?utm_source=" + Source)}",
            referrer = Source == "partner.example" ? "https://partner.example/" : null,
            event_id = $"month-{Number}",
            visitor_id = Visitor,
            time = Time,
            user_agent = Agent,
            language = Language,
        };
    }

    /// <summary>Makes the events, sends them, and holds the server.</summary>
    public sealed class Month : IAsyncLifetime
    {
        const int Count = 100_000;
        static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        static readonly string[] Sources = ["(direct)", "partner.example", "newsletter", "spring", "friends"];
        static readonly string[] Languages = ["en-us", "de-de", "fr-fr", "ja-jp"];

        FootfallServer? _server;

        public FootfallApi Api => _server!.Api;

        public IReadOnlyList<Sending> Events { get; } = Make();

        /// <summary>The events of each visit, in order of time.</summary>
        public IReadOnlyList<IReadOnlyList<Sending>> Visits { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            Visits = Split(Events);
            _server = await FootfallServer.StartAsync();
            await Api.AddSiteAsync(Site);
            var shuffled = Events.ToArray();
            new Random(7).Shuffle(shuffled);
            foreach (var batch in shuffled.Chunk(1_000))
                (await Api.SendAsync(FootfallApi.ToJson(batch.Select(one => one.ToWire())))).EnsureSuccessStatusCode().Dispose();
            await Api.SettledLedgerAsync(Site);
        }

        public ValueTask DisposeAsync() => _server?.DisposeAsync() ?? ValueTask.CompletedTask;

        /// <summary>Visits of 1 to 9 events, minutes apart; a visitor's visits lie hours apart. Times of a visitor are never equal.</summary>
        static List<Sending> Make()
        {
            var random = new Random(11);
            var events = new List<Sending>(Count);
            for (var visitor = 0; events.Count < Count; visitor++)
            {
                var agent = Browsers.All[visitor % Browsers.All.Count];
                var language = Languages[visitor % Languages.Length];
                var time = Begin.AddSeconds(random.Next(10 * 86_400));
                for (var visits = random.Next(1, 5); visits > 0; visits--, time = time.AddMinutes(random.Next(31, 3 * 1_440)))
                {
                    var source = Sources[random.Next(Sources.Length)];
                    for (var left = random.Next(1, 10); left > 0 && events.Count < Count; left--, source = "(direct)", time = time.AddSeconds(random.Next(1, 29 * 60)))
                        events.Add(new Sending(events.Count, $"visitor-{visitor}", time, $"/p/{random.Next(300)}", source, random.Next(10) > 0, agent, language));
                }
            }
            return events;
        }

        /// <summary>A visit ends with a gap of more than thirty minutes.</summary>
        static List<List<Sending>> Split(IReadOnlyList<Sending> events)
        {
            var visits = new List<List<Sending>>();
            foreach (var visitor in events.GroupBy(one => one.Visitor))
            {
                DateTimeOffset? last = null;
                foreach (var one in visitor.OrderBy(one => one.Time))
                {
                    if (last is null || one.Time - last > TimeSpan.FromMinutes(30))
                        visits.Add([]);
                    visits[^1].Add(one);
                    last = one.Time;
                }
            }
            return visits;
        }
    }
}
