using System.Text;
using Footfall.Adapters.Postgres;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Tests.Adapters.Postgres;

[Trait("speed", "slow")]
public sealed class PostgresRollupStoreTests(SharedPostgres shared) : IAsyncLifetime
{
    static readonly DateOnly Day = new(2026, 1, 31);

    PostgresDatabase? _database;
    PostgresRollupStore? _store;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    PostgresRollupStore Store => _store!;

    public async ValueTask InitializeAsync()
    {
        _database = await shared.OpenAsync();
        _store = new PostgresRollupStore(_database);
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Slices_over_the_end_of_a_month_come_back_by_day_with_the_edition_of_their_day()
    {
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day.AddDays(1), "second"));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "first", isFirst: true));
        var site = await Store.SiteAsync(1, Stop);
        Assert.Equal([Day, Day.AddDays(1)], site.Days.Select(day => day.Day));
        Assert.Equal([true, false], site.Days.Select(day => day.IsFirst));
        Assert.All(site.Days, day => Assert.Equal((1, "basis"), (day.Site, day.Basis)));
        var slices = await Store.SlicesAsync(1, "page", Day.AddDays(-40), Day.AddDays(40), Stop);
        Assert.Equal(["first", "second"], slices.Select(slice => Encoding.UTF8.GetString(slice.Bytes.Span)));
        Assert.Equal(site.Days.Select(day => day.Edition), slices.Select(slice => slice.Edition));
        Assert.Equal("first", Encoding.UTF8.GetString(Assert.Single(await Store.SlicesAsync(1, "page", Day, Day, Stop)).Bytes.Span));
        Assert.Empty(await Store.SlicesAsync(1, "browser", Day, Day, Stop));
        Assert.Empty(await Store.SlicesAsync(2, "page", Day, Day, Stop));
    }

    [Fact]
    public async Task A_rollup_replaces_the_one_before_whole_and_under_a_greater_edition()
    {
        await PutAsync(Day, "old");
        var before = Assert.Single((await Store.SiteAsync(1, Stop)).Days).Edition;
        await Store.PutAsync(new RolledDay(1, Day, "other", false, 0), 0, [], [new RollupSlice("", new byte[] { 7 })], Stop);
        var day = Assert.Single((await Store.SiteAsync(1, Stop)).Days);
        Assert.Equal("other", day.Basis);
        Assert.True(day.Edition > before);
        Assert.Empty(await Store.SlicesAsync(1, "page", Day, Day, Stop));
        Assert.Equal([7], Assert.Single(await Store.SlicesAsync(1, "", Day, Day, Stop)).Bytes.ToArray());
    }

    [Fact]
    public async Task A_touched_day_is_out_until_its_rollup_has_seen_the_touch()
    {
        await PutAsync(Day, "old");
        await PutAsync(Day.AddDays(1), "untouched");
        await Store.TouchAsync([new SiteDay(1, Day), new SiteDay(1, Day), new SiteDay(2, Day)], new LogPosition(3, 100), Stop);
        await Store.TouchAsync([new SiteDay(1, Day)], new LogPosition(3, 90), Stop);
        Assert.Equal([Day.AddDays(1)], (await Store.SiteAsync(1, Stop)).Days.Select(day => day.Day));
        Assert.Equal(["untouched"], (await Store.SlicesAsync(1, "page", Day, Day.AddDays(1), Stop)).Select(slice => Encoding.UTF8.GetString(slice.Bytes.Span)));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(Day, "new"));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(Day, "new", seen: [new LogPosition(3, 99), new LogPosition(2, 1000)]));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "new", seen: [new LogPosition(2, 0), new LogPosition(3, 100)]));
    }

    [Fact]
    public async Task The_first_day_is_no_longer_first_when_an_earlier_one_is_touched()
    {
        await PutAsync(Day, "first", isFirst: true);
        await Store.TouchAsync([new SiteDay(2, Day.AddDays(-1)), new SiteDay(1, Day.AddDays(1))], new LogPosition(0, 10), Stop);
        Assert.True(Assert.Single((await Store.SiteAsync(1, Stop)).Days).IsFirst);
        await Store.TouchAsync([new SiteDay(1, Day.AddYears(-1))], new LogPosition(0, 20), Stop);
        Assert.False(Assert.Single((await Store.SiteAsync(1, Stop)).Days).IsFirst);
        Assert.Equal(PutOutcome.Outdated, await PutAsync(Day, "first", isFirst: true));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "not first"));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "first", isFirst: true, seen: [new LogPosition(0, 20)]));
    }

    [Fact]
    public async Task A_dropped_site_takes_nothing_that_was_made_before_and_its_touches_still_hold()
    {
        await PutAsync(Day, "old");
        await Store.PutAsync(new RolledDay(2, Day, "basis", false, 0), 0, [], [], Stop);
        await Store.TouchAsync([new SiteDay(1, Day.AddDays(1))], new LogPosition(0, 10), Stop);
        await Store.DropAsync(1, Stop);
        var site = await Store.SiteAsync(1, Stop);
        Assert.Empty(site.Days);
        Assert.Equal(1, site.Generation);
        Assert.Empty(await Store.SlicesAsync(1, "page", Day, Day, Stop));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(Day, "of before"));
        Assert.Equal(PutOutcome.Outdated, await PutAsync(Day.AddDays(1), "of before the batch", generation: 1));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "new", generation: 1));
        Assert.Single((await Store.SiteAsync(2, Stop)).Days);
    }

    [Fact]
    public async Task Touches_and_rollups_of_many_nodes_at_once_leave_no_rollup_that_has_not_seen_its_touch()
    {
        var touched = new long[4];
        await Task.WhenAll(
            Task.WhenAll(Enumerable.Range(0, 4).Select(partition => Task.Run(async () =>
            {
                for (var offset = 1; offset <= 10; offset++)
                {
                    await Store.TouchAsync([new SiteDay(1, Day), new SiteDay(65, Day)], new LogPosition(partition, offset), Stop);
                    Volatile.Write(ref touched[partition], offset);
                }
            }, Stop))),
            Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
            {
                for (var turn = 0; turn < 10; turn++)
                {
                    LogPosition[] seen = [.. Enumerable.Range(0, 4).Select(partition => new LogPosition(partition, Volatile.Read(ref touched[partition])))];
                    await PutAsync(Day, string.Join(' ', seen.Select(position => position.Offset)), seen: seen);
                }
            }, Stop))));
        Assert.Equal(PutOutcome.Stored, await PutAsync(Day, "10 10 10 10", seen: [.. Enumerable.Range(0, 4).Select(partition => new LogPosition(partition, 10))]));
        var slice = Assert.Single(await Store.SlicesAsync(1, "page", Day, Day, Stop));
        Assert.Equal(Assert.Single((await Store.SiteAsync(1, Stop)).Days).Edition, slice.Edition);
        Assert.Equal("10 10 10 10", Encoding.UTF8.GetString(slice.Bytes.Span));
    }

    Task<PutOutcome> PutAsync(DateOnly day, string text, bool isFirst = false, long generation = 0, IReadOnlyList<LogPosition>? seen = null) => Store.PutAsync(
        new RolledDay(1, day, "basis", isFirst, 0), generation, seen ?? [],
        [new RollupSlice("", new byte[] { 1 }), new RollupSlice("page", Encoding.UTF8.GetBytes(text))], Stop).AsTask();
}
