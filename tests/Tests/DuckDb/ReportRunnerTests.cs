using Footfall.Adapters.DuckDb;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Tests.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.DuckDb;

public sealed class ReportRunnerTests
{
    // Cut short this takes no time; left alone it counts for hours.
    const string Endless = "CREATE OR REPLACE VIEW events_all AS SELECT e.* FROM events e, range(100000) a, range(100000) b, range(100000) c";

    [Fact]
    public async Task A_report_that_takes_too_long_is_stopped()
    {
        using var file = EndlessFile();
        var time = new FakeTimeProvider();
        using var engine = new DuckDbReportEngine(file.Open, TimeSpan.FromSeconds(30), 1, () => "test", time);
        var running = engine.RunAsync(Query, CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(31));
        var late = await Assert.ThrowsAsync<ReportTimeoutException>(() => running);
        Assert.Equal(TimeSpan.FromSeconds(30), late.Limit);
    }

    [Fact]
    public async Task A_report_that_nobody_waits_for_is_stopped_and_gives_up_its_turn()
    {
        using var file = EndlessFile();
        using var engine = new DuckDbReportEngine(file.Open, TimeSpan.FromHours(1), 1, () => "test", TimeProvider.System);
        using var gone = new CancellationTokenSource();
        var running = engine.RunAsync(Query, gone.Token).AsTask();
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        file.Execute("CREATE OR REPLACE VIEW events_all AS SELECT * FROM events UNION ALL SELECT * FROM events_recent");
        Assert.NotNull(await engine.RunAsync(Query, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Waiting_for_a_turn_counts_as_time_taken()
    {
        using var file = EndlessFile();
        var time = new FakeTimeProvider();
        using var engine = new DuckDbReportEngine(file.Open, TimeSpan.FromSeconds(30), 1, () => "test", time);
        var first = engine.RunAsync(Query, CancellationToken.None).AsTask();
        var second = engine.RunAsync(Query, CancellationToken.None).AsTask();
        time.Advance(TimeSpan.FromSeconds(31));
        await Assert.ThrowsAsync<ReportTimeoutException>(() => first);
        await Assert.ThrowsAsync<ReportTimeoutException>(() => second);
    }

    static ReportQuery Query => new()
    {
        Site = new Site(1, ["example.com"], "UTC", "EUR", SiteSettings.Default),
        Metrics = [Metrics.Find("visitors")!],
        Range = new DateRange(new(2025, 10, 1), new(2025, 11, 1)),
        Order = [new ReportOrder("visitors", true)],
    };

    static FilledDuckDb EndlessFile()
    {
        var from = new DateTime(2025, 10, 5, 0, 0, 0, DateTimeKind.Utc);
        var file = new FilledDuckDb(Traffic.Random(1, from, from.AddDays(5), 50), seed: 1);
        file.Execute(Endless);
        return file;
    }
}
