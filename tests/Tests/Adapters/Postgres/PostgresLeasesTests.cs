using System.Diagnostics;
using Footfall.Adapters.Postgres;
using Footfall.Core.Leases;

namespace Footfall.Tests.Adapters.Postgres;

[Trait("speed", "slow")]
public sealed class PostgresLeasesTests(SharedPostgres shared) : IAsyncLifetime
{
    static readonly TimeSpan Soon = PostgresLeases.Lasts + TimeSpan.FromSeconds(4);

    PostgresDatabase? _database;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _database = await shared.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_lease_is_renewed_for_as_long_as_its_holder_lives()
    {
        await using var here = new PostgresLeases(_database!, TimeProvider.System);
        await using var there = new PostgresLeases(_database!, TimeProvider.System);
        await using var lease = await here.TryTakeAsync("work/1", Stop);
        await Task.Delay(Soon, Stop);
        Assert.False(lease!.Lost.IsCancellationRequested);
        Assert.Null(await there.TryTakeAsync("work/1", Stop));
    }

    [Fact]
    public async Task The_lease_of_one_who_is_gone_is_taken_within_seconds_with_a_greater_epoch()
    {
        var connection = await shared.NewDatabaseAsync();
        var gone = PostgresDatabase.Open(connection, TimeProvider.System);
        var abandoned = await new PostgresLeases(gone, TimeProvider.System).TryTakeAsync("work/1", Stop);
        // As a crash leaves it: nothing more is said to the server.
        gone.Dispose();
        var began = Stopwatch.StartNew();
        using var database = PostgresDatabase.Open(connection, TimeProvider.System);
        await using var leases = new PostgresLeases(database, TimeProvider.System);
        ILease? next;
        while ((next = await leases.TryTakeAsync("work/1", Stop)) is null)
            await Task.Delay(100, Stop);
        Assert.True(began.Elapsed < Soon, $"it took {began.Elapsed}");
        Assert.True(next.Epoch > abandoned!.Epoch);
        Assert.True(abandoned.Lost.IsCancellationRequested, "the former holder must know before the next begins");
        await next.DisposeAsync();
    }

    [Fact]
    public async Task A_lease_that_was_given_to_another_behind_its_holders_back_is_lost_at_the_next_renewal()
    {
        var connection = await shared.NewDatabaseAsync();
        using var database = PostgresDatabase.Open(connection, TimeProvider.System);
        await using var leases = new PostgresLeases(database, TimeProvider.System);
        await using var lease = await leases.TryTakeAsync("work/1", Stop);
        await using var other = await leases.TryTakeAsync("work/2", Stop);
        await SharedPostgres.RunAsync(connection, "UPDATE leases SET epoch = epoch + 1, holder = gen_random_uuid() WHERE name = 'work/1'");
        var lost = new TaskCompletionSource();
        await using var told = lease!.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(PostgresLeases.Lasts / 2, Stop);
        Assert.False(other!.Lost.IsCancellationRequested);
    }

    [Fact]
    public async Task What_a_process_that_ends_well_held_can_be_taken_at_once()
    {
        var ending = new PostgresLeases(_database!, TimeProvider.System);
        await ending.TryTakeAsync("work/1", Stop);
        await ending.TryTakeAsync("work/2", Stop);
        await ending.DisposeAsync();
        await using var next = new PostgresLeases(_database!, TimeProvider.System);
        Assert.Empty(await next.HeldAsync("", Stop));
        Assert.NotNull(await next.TryTakeAsync("work/1", Stop));
    }
}
