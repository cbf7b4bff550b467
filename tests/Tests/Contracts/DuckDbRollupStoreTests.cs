using Footfall.Adapters.DuckDb;
using Footfall.Core.HitLog;
using Footfall.Core.Rollups;

namespace Footfall.Tests.Contracts;

public sealed class DuckDbRollupStoreTests : RollupStoreContract
{
    protected override async Task WithStoreAsync(Func<IRollupStore, Task> test)
    {
        using var file = new FilledDuckDb([], seed: 1);
        using var store = new DuckDbRollupStore(file.Open);
        await test(store);
    }

    [Fact]
    public async Task What_was_stored_and_what_was_taken_out_outlives_the_process()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var file = new FilledDuckDb([], seed: 1);
        var first = new DateOnly(2026, 3, 1);
        using (var store = new DuckDbRollupStore(file.Open))
        {
            for (var day = 0; day < 3; day++)
                await store.PutAsync(new RolledDay(1, first.AddDays(day), "basis", day == 0, 0), 0, [], [new RollupSlice("", new byte[] { 1, 2 })], cancellation);
            await store.TouchAsync([new SiteDay(1, first.AddDays(1))], new LogPosition(0, 5), cancellation);
            await store.DropAsync(2, cancellation);
        }
        using var again = new DuckDbRollupStore(file.Open);
        var site = await again.SiteAsync(1, cancellation);
        Assert.Equal([(first, true, 1L), (first.AddDays(2), false, 3L)], site.Days.Select(day => (day.Day, day.IsFirst, day.Edition)));
        Assert.Equal([1, 2], Assert.Single(await again.SlicesAsync(1, "", first, first, cancellation)).Bytes.ToArray());
        Assert.Equal(1, (await again.SiteAsync(2, cancellation)).Generation);
    }
}
