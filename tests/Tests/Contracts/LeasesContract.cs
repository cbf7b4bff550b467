using Footfall.Core.Leases;

namespace Footfall.Tests.Contracts;

/// <summary>What every way of holding leases promises. Two processes are two openings of the same storage; one that cannot be shared gives the same one twice.</summary>
public abstract class LeasesContract
{
    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_holds_a_lease_and_another_cannot_take_it()
    {
        await using var lease = await (await OpenAsync()).TryTakeAsync("work/1", Stop);
        Assert.NotNull(lease);
        Assert.Equal("work/1", lease.Name);
        Assert.False(lease.Lost.IsCancellationRequested);
        Assert.Null(await (await OpenAsync()).TryTakeAsync("work/1", Stop));
    }

    [Fact]
    public async Task A_lease_that_was_given_back_can_be_taken_at_once_and_its_epoch_has_grown()
    {
        var before = 0L;
        for (var turn = 0; turn < 5; turn++)
        {
            var leases = await OpenAsync();
            var lease = await leases.TryTakeAsync("work/1", Stop);
            Assert.NotNull(lease);
            Assert.True(lease.Epoch > before);
            before = lease.Epoch;
            await lease.DisposeAsync();
        }
    }

    [Fact]
    public async Task Giving_back_twice_does_not_take_it_from_the_next_holder()
    {
        var leases = await OpenAsync();
        var first = await leases.TryTakeAsync("work/1", Stop);
        await first!.DisposeAsync();
        await using var second = await leases.TryTakeAsync("work/1", Stop);
        await first.DisposeAsync();
        Assert.NotNull(second);
        Assert.Null(await leases.TryTakeAsync("work/1", Stop));
    }

    [Fact]
    public async Task What_is_held_is_listed_by_prefix_in_order()
    {
        var leases = await OpenAsync();
        await using var two = await leases.TryTakeAsync("work/2", Stop);
        await using var one = await leases.TryTakeAsync("work/1", Stop);
        await using var other = await leases.TryTakeAsync("worker", Stop);
        Assert.Equal(["work/1", "work/2"], await (await OpenAsync()).HeldAsync("work/", Stop));
        await one!.DisposeAsync();
        Assert.Equal(["work/2"], await leases.HeldAsync("work/", Stop));
    }

    [Fact]
    public async Task Of_many_who_ask_at_once_one_gets_it()
    {
        var leases = await OpenAsync();
        var taken = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(async () => await leases.TryTakeAsync("work/1", Stop), Stop)));
        await using var only = Assert.Single(taken, lease => lease is not null);
    }

    /// <summary>As a further process would open them.</summary>
    protected abstract Task<ILeases> OpenAsync();
}
