using System.Diagnostics;
using Footfall.Adapters.Postgres;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Footfall.Servers;

namespace Footfall.Tests.Adapters.Postgres;

/// <summary>Each test has a pair of servers to itself, and does it harm.</summary>
[Trait("speed", "slow")]
public sealed class FailoverTests : IAsyncLifetime
{
    PostgresPair? _pair;
    PostgresDatabase? _database;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    PostgresPair Pair => _pair!;

    PostgresDatabase Database => _database!;

    public async ValueTask InitializeAsync()
    {
        _pair = await PostgresPair.StartAsync(isDurable: true);
        _database = PostgresDatabase.Open(_pair.To("postgres"), TimeProvider.System);
    }

    public async ValueTask DisposeAsync()
    {
        _database?.Dispose();
        if (_pair is not null)
            await _pair.DisposeAsync();
    }

    [Fact]
    public async Task When_the_primary_is_killed_under_writes_and_the_standby_promoted_nothing_acknowledged_is_lost_and_all_go_on_by_themselves()
    {
        var catalog = new PostgresCatalog(Database);
        var acknowledged = new List<string>();
        var errors = 0;
        var longest = TimeSpan.Zero;
        using var ending = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 4).Select(writer => Task.Run(() =>
        {
            for (var number = 0; !ending.IsCancellationRequested; number++)
            {
                var (domain, began) = ($"{writer}-{number}.example", Stopwatch.StartNew());
                try
                {
                    catalog.AddSite([domain], "UTC", "EUR", SiteSettings.Default);
                    lock (acknowledged)
                        acknowledged.Add(domain);
                }
                catch (DatabaseUnavailableException)
                {
                    Interlocked.Increment(ref errors);
                }
                lock (acknowledged)
                    longest = began.Elapsed > longest ? began.Elapsed : longest;
            }
        })).ToList();
        await AcknowledgedAsync(50);
        await Pair.Primary.KillAsync();
        // Nobody can write; who reads is answered by the standby.
        Assert.NotEmpty(catalog.Sites());
        await Pair.Standby.PromoteAsync();
        var before = Count();
        await AcknowledgedAsync(before + 50);
        await ending.CancelAsync();
        await Task.WhenAll(writers);
        var there = catalog.Sites().Select(site => site.Domain).ToHashSet();
        Assert.All(acknowledged, domain => Assert.Contains(domain, there));
        Assert.True(errors <= 8, $"{errors} writes failed");
        Assert.True(longest < PostgresDatabase.Patience * 3, $"a write took {longest}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{acknowledged.Count} acknowledged, {errors} failed, the longest took {longest}");

        async Task AcknowledgedAsync(int many)
        {
            var began = Stopwatch.StartNew();
            while (Count() < many)
            {
                Assert.True(began.Elapsed < TimeSpan.FromSeconds(60), $"only {Count()} of {many} were acknowledged");
                await Task.Delay(50, Stop);
            }
        }

        int Count()
        {
            lock (acknowledged)
                return acknowledged.Count;
        }
    }

    [Fact]
    public async Task While_the_standby_is_away_a_change_is_refused_in_time_but_a_days_secret_is_given_and_reading_goes_on()
    {
        var catalog = new PostgresCatalog(Database);
        catalog.AddSite(["before.example"], "UTC", "EUR", SiteSettings.Default);
        await Pair.Standby.KillAsync();
        var began = Stopwatch.StartNew();
        var refused = Assert.Throws<DatabaseUnavailableException>(() => catalog.AddSite(["during.example"], "UTC", "EUR", SiteSettings.Default));
        Assert.Contains("standby did not confirm", refused.Message, StringComparison.Ordinal);
        Assert.InRange(began.Elapsed, PostgresDatabase.Patience / 2, PostgresDatabase.Patience * 3);
        var due = DateTimeOffset.UnixEpoch.AddYears(100);
        Assert.Equal([1], catalog.DailySecret(new DateOnly(2026, 1, 1), [1], due));
        began.Restart();
        Assert.Equal([2], catalog.DailySecret(new DateOnly(2026, 1, 2), [2], due));
        Assert.Equal([1], catalog.DailySecret(new DateOnly(2026, 1, 1), [3], due));
        Assert.True(began.Elapsed < PostgresDatabase.Patience, $"the second waited again: {began.Elapsed}");
        Assert.Contains(catalog.Sites(), site => site.Domain == "before.example");
        await Pair.Standby.StartAsync();
        await EventuallyAsync(attempt => catalog.AddSite([$"after-{attempt}.example"], "UTC", "EUR", SiteSettings.Default));
    }

    [Fact]
    public async Task A_lease_outlives_a_failover_that_is_quick_and_no_epoch_comes_twice()
    {
        await using var leases = new PostgresLeases(Database, TimeProvider.System);
        await using var lease = await leases.TryTakeAsync("work/1", Stop);
        await Pair.Primary.KillAsync();
        await Pair.Standby.PromoteAsync();
        await Task.Delay(PostgresLeases.Lasts + TimeSpan.FromSeconds(2), Stop);
        Assert.False(lease!.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        await using var next = await leases.TryTakeAsync("work/1", Stop);
        Assert.True(next!.Epoch > lease.Epoch);
    }

    static async Task EventuallyAsync(Action<int> act)
    {
        var began = Stopwatch.StartNew();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                act(attempt);
                return;
            }
            catch (DatabaseUnavailableException) when (began.Elapsed < TimeSpan.FromSeconds(30))
            {
                await Task.Delay(100, Stop);
            }
        }
    }
}
