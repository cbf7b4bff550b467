using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Tests.Reports;

public sealed class LongReportsTests
{
    static readonly DateOnly Day = new(2026, 3, 4);

    readonly Told _near = new();
    readonly Told _far = new();
    readonly List<string> _failures = [];

    [Fact]
    public async Task Reports_over_many_days_and_of_all_time_go_to_the_far_engine_alone()
    {
        var engine = new LongReports(_near, _far, 100, failure => _failures.Add(failure.Message));
        await engine.RunAsync(Over(99), Cancellation);
        Assert.Equal((1, 0), (_near.Asked, _far.Asked));
        await engine.RunAsync(Over(100), Cancellation);
        await engine.RunAsync(Over(1) with { AllTime = true }, Cancellation);
        Assert.Equal((1, 2), (_near.Asked, _far.Asked));
        Assert.Empty(_failures);
    }

    [Fact]
    public async Task What_the_far_engine_cannot_do_the_near_one_does_but_what_took_too_long_is_told()
    {
        var engine = new LongReports(_near, _far, 100, failure => _failures.Add(failure.Message));
        _far.Failure = new InvalidOperationException("away");
        await engine.RunAsync(Over(100), Cancellation);
        Assert.Equal((1, "away"), (_near.Asked, Assert.Single(_failures)));
        _far.Failure = new ReportTimeoutException(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<ReportTimeoutException>(async () => await engine.RunAsync(Over(100), Cancellation));
        Assert.Equal(1, _near.Asked);
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    static ReportQuery Over(int days) => new()
    {
        Site = new Site(1, ["example.com"], "UTC", "EUR", SiteSettings.Default),
        Metrics = [Metrics.Find("visitors")!],
        Dimensions = [],
        Range = new DateRange(Day, Day.AddDays(days - 1)),
        Order = [],
    };

    sealed class Told : IReportEngine
    {
        public int Asked { get; private set; }

        public Exception? Failure { get; set; }

        public ValueTask<ReportAnswer> RunAsync(ReportQuery query, CancellationToken cancellation)
        {
            if (Failure is not null)
                throw Failure;
            Asked++;
            return ValueTask.FromResult<ReportAnswer>(null!);
        }

        public ValueTask<RealtimeAnswer> RealtimeAsync(Site site, DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<SiteTraffic>> TrafficAsync(DateTimeOffset now, CancellationToken cancellation) => throw new NotSupportedException();
    }
}
