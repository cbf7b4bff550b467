using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Tests.Reports;

public sealed class CachedReportEngineTests
{
    static readonly DateOnly Today = new(2026, 3, 4);
    readonly CountingEngine _engine = new();
    readonly DictionaryCache _cache = new();
    readonly LiveDataVersions _versions = new("epoch");

    [Fact]
    public async Task The_same_question_is_computed_once_until_its_days_change()
    {
        var cached = Cached();
        var first = await cached.RunAsync(Question(-7, -1), Cancellation);
        var second = await cached.RunAsync(Question(-7, -1), Cancellation);
        Assert.Equal(1, _engine.Runs);
        Assert.Equal(first.Totals, second.Totals);
        Assert.Equal(first.Rows.SelectMany(row => row.Dimensions), second.Rows.SelectMany(row => row.Dimensions));
        Assert.Equal((first.From, first.To, first.RowCount, first.Identity), (second.From, second.To, second.RowCount, second.Identity));
        _versions.Move([new SiteDay(1, Today)]);
        await cached.RunAsync(Question(-7, -1), Cancellation);
        Assert.Equal(1, _engine.Runs);
        _versions.Move([new SiteDay(1, Today.AddDays(-2))]);
        await cached.RunAsync(Question(-7, -1), Cancellation);
        Assert.Equal(2, _engine.Runs);
    }

    [Fact]
    public async Task New_visitors_depend_on_the_days_before_as_well()
    {
        var cached = Cached();
        var question = Question(-7, -1) with { Metrics = [Metrics.Find("new_visitors")!] };
        await cached.RunAsync(question, Cancellation);
        _versions.Move([new SiteDay(1, Today.AddDays(-300))]);
        await cached.RunAsync(question, Cancellation);
        Assert.Equal(2, _engine.Runs);
    }

    [Fact]
    public async Task Questions_that_differ_in_anything_do_not_share_an_answer()
    {
        var cached = Cached();
        var asked = Question(-7, -1);
        Filter.Test Test(params string[] values) => new(Dimensions.Find("page")!, FilterOperator.In, values);
        ReportQuery[] others =
        [
            asked, asked with { Limit = 7 }, asked with { Offset = 1 }, asked with { AllTime = true }, Question(-8, -1), Question(-7, 0),
            asked with { Compare = new DateRange(Today.AddDays(-14), Today.AddDays(-8)) }, asked with { Metrics = [Metrics.Find("visits")!] },
            asked with { Dimensions = [Dimensions.Find("source")!] }, asked with { Order = [new ReportOrder("visitors", Descending: false)] },
            asked with { Filter = Test("a", "b") }, asked with { Filter = Test("a,b") }, asked with { Filter = Test("a1:b") },
            asked with { Filter = new Filter.Not(Test("a", "b")) }, asked with { Filter = new Filter.And([Test("a"), Test("b")]) },
            asked with { Filter = new Filter.Or([Test("a"), Test("b")]) }, asked with { Site = asked.Site with { TimeZone = "Europe/Berlin" } },
            asked with { Site = asked.Site with { Currency = "USD" } }, asked with { Site = asked.Site with { Id = 2 } },
        ];
        foreach (var other in others)
            await cached.RunAsync(other, Cancellation);
        Assert.Equal(others.Length, _engine.Runs);
    }

    [Fact]
    public async Task Many_who_ask_at_once_wait_for_one_computation()
    {
        _engine.Gate = new TaskCompletionSource();
        var cached = Cached();
        var asking = Enumerable.Range(0, 50).Select(_ => cached.RunAsync(Question(-7, -1), Cancellation).AsTask()).ToList();
        await _engine.Started.Task.WaitAsync(Cancellation);
        _engine.Gate.SetResult();
        await Task.WhenAll(asking);
        Assert.Equal(1, _engine.Runs);
    }

    [Fact]
    public async Task A_computation_ends_with_the_last_who_waits_and_not_with_the_first()
    {
        _engine.Gate = new TaskCompletionSource();
        var cached = Cached();
        using var impatient = new CancellationTokenSource();
        using var patient = new CancellationTokenSource();
        var first = cached.RunAsync(Question(-7, -1), impatient.Token).AsTask();
        var second = cached.RunAsync(Question(-7, -1), patient.Token).AsTask();
        await _engine.Started.Task.WaitAsync(Cancellation);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(_engine.Stopped.Task.IsCompleted);
        await patient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await _engine.Stopped.Task.WaitAsync(Cancellation);
        _engine.Gate = null;
        Assert.NotNull(await cached.RunAsync(Question(-7, -1), Cancellation));
    }

    [Fact]
    public async Task What_a_cache_holds_of_another_layout_is_computed_anew()
    {
        _cache.Always = "{\"Layout\":1}"u8.ToArray();
        Assert.Equal(1, (await Cached().RunAsync(Question(-7, -1), Cancellation)).RowCount);
        Assert.Equal(1, _engine.Runs);
    }

    CachedReportEngine Cached() => new(_engine, _cache, _versions, () => "definitions");

    static ReportQuery Question(int from, int to) => new()
    {
        Site = new Site(1, ["example.com"], "UTC", "EUR", SiteSettings.Default),
        Metrics = [Metrics.Find("visitors")!],
        Dimensions = [Dimensions.Find("page")!],
        Range = new DateRange(Today.AddDays(from), Today.AddDays(to)),
        Order = [new ReportOrder("visitors", Descending: true)],
    };

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
