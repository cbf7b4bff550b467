using System.Text;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Tests.Contracts;

/// <summary>What every store of rollups must do. A subclass brings the store.</summary>
public abstract class RollupStoreContract
{
    static readonly DateOnly First = new(2026, 3, 1);

    protected abstract Task WithStoreAsync(Func<IRollupStore, Task> test);

    [Fact]
    public Task A_day_that_was_put_is_there_with_its_slices() => WithStoreAsync(async store =>
    {
        for (var day = 0; day < 5; day++)
            Assert.Equal(PutOutcome.Stored, await PutAsync(store, 1, First.AddDays(day), seen: 10, text: $"day {day}"));
        await PutAsync(store, 2, First, seen: 10, text: "another site's");
        var site = await store.SiteAsync(1, Cancellation);
        Assert.Equal(Enumerable.Range(0, 5).Select(day => First.AddDays(day)), site.Days.Select(day => day.Day));
        Assert.All(site.Days, day => Assert.Equal(("basis", day.Day == First), (day.Basis, day.IsFirst)));
        var slices = await store.SlicesAsync(1, "page", First.AddDays(1), First.AddDays(3), Cancellation);
        Assert.Equal(["page day 1", "page day 2", "page day 3"], slices.Select(slice => Encoding.UTF8.GetString(slice.Bytes.Span)));
        Assert.Equal(site.Days.Skip(1).Take(3).Select(day => day.Edition), slices.Select(slice => slice.Edition));
        Assert.Empty(await store.SlicesAsync(1, "title", First, First.AddDays(9), Cancellation));
    });

    [Fact]
    public Task A_day_put_again_has_a_larger_edition_and_the_new_slices_only() => WithStoreAsync(async store =>
    {
        await PutAsync(store, 1, First, seen: 10, text: "old");
        var before = Assert.Single((await store.SiteAsync(1, Cancellation)).Days).Edition;
        await PutAsync(store, 1, First, seen: 10, text: "new");
        var after = Assert.Single((await store.SiteAsync(1, Cancellation)).Days).Edition;
        Assert.True(after > before, $"{after} after {before}");
        var slice = Assert.Single(await store.SlicesAsync(1, "page", First, First, Cancellation));
        Assert.Equal((after, "page new"), (slice.Edition, Encoding.UTF8.GetString(slice.Bytes.Span)));
    });

    [Fact]
    public Task A_touched_day_is_gone_and_refused_until_its_maker_has_seen_the_touch() => WithStoreAsync(async store =>
    {
        await PutAsync(store, 1, First, seen: 10);
        await PutAsync(store, 1, First.AddDays(1), seen: 10);
        await store.TouchAsync([new SiteDay(1, First.AddDays(1)), new SiteDay(2, First)], new LogPosition(0, 20), Cancellation);
        Assert.Equal([First], (await store.SiteAsync(1, Cancellation)).Days.Select(day => day.Day));
        Assert.Empty(await store.SlicesAsync(1, "page", First.AddDays(1), First.AddDays(1), Cancellation));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(store, 1, First.AddDays(1), seen: 19));
        Assert.Equal(PutOutcome.Stored, await PutAsync(store, 1, First.AddDays(1), seen: 20));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(store, 2, First, seen: 10));
        Assert.Equal(PutOutcome.Stored, await PutAsync(store, 3, First, seen: 10));
    });

    [Fact]
    public Task Every_partition_that_touched_a_day_must_have_been_seen() => WithStoreAsync(async store =>
    {
        await store.TouchAsync([new SiteDay(1, First)], new LogPosition(0, 20), Cancellation);
        await store.TouchAsync([new SiteDay(1, First)], new LogPosition(1, 5), Cancellation);
        var day = new RolledDay(1, First, "basis", IsFirst: false, Edition: 0);
        Assert.Equal(PutOutcome.Outdated, await store.PutAsync(day, 0, [new LogPosition(0, 20)], [], Cancellation));
        Assert.Equal(PutOutcome.Outdated, await store.PutAsync(day, 0, [new LogPosition(0, 19), new LogPosition(1, 5)], [], Cancellation));
        Assert.Equal(PutOutcome.Stored, await store.PutAsync(day, 0, [new LogPosition(0, 20), new LogPosition(1, 5)], [], Cancellation));
    });

    [Fact]
    public Task A_day_before_the_first_one_touched_makes_it_one_of_many() => WithStoreAsync(async store =>
    {
        await PutAsync(store, 1, First, seen: 10);
        await store.TouchAsync([new SiteDay(1, First.AddDays(-9))], new LogPosition(0, 20), Cancellation);
        Assert.False(Assert.Single((await store.SiteAsync(1, Cancellation)).Days).IsFirst);
        Assert.Equal(PutOutcome.Outdated, await PutAsync(store, 1, First, seen: 10));
        Assert.Equal(PutOutcome.Stored, await PutAsync(store, 1, First.AddDays(1), seen: 10));
    });

    [Fact]
    public Task A_dropped_site_is_empty_and_takes_nothing_that_was_begun_before() => WithStoreAsync(async store =>
    {
        await PutAsync(store, 1, First, seen: 10);
        var before = (await store.SiteAsync(1, Cancellation)).Generation;
        await store.DropAsync(1, Cancellation);
        var after = await store.SiteAsync(1, Cancellation);
        Assert.Empty(after.Days);
        Assert.Empty(await store.SlicesAsync(1, "page", First, First, Cancellation));
        var day = new RolledDay(1, First, "basis", IsFirst: true, Edition: 0);
        Assert.Equal(PutOutcome.Outdated, await store.PutAsync(day, before, [new LogPosition(0, 99)], [], Cancellation));
        Assert.Equal(PutOutcome.Stored, await store.PutAsync(day, after.Generation, [new LogPosition(0, 99)], [], Cancellation));
    });

    /// <summary>Of the first day it is said that it is the site's first.</summary>
    static async Task<PutOutcome> PutAsync(IRollupStore store, int site, DateOnly day, long seen, string text = "") => await store.PutAsync(
        new RolledDay(site, day, "basis", day == First, Edition: 0),
        (await store.SiteAsync(site, Cancellation)).Generation,
        [new LogPosition(0, seen)],
        [new RollupSlice("", Encoding.UTF8.GetBytes("whole " + text)), new RollupSlice("page", Encoding.UTF8.GetBytes("page " + text))],
        Cancellation);

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
