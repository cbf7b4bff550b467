using System.Collections.Concurrent;
using Footfall.Core.Leases;

namespace Footfall.Tests.Leases;

/// <summary>Several schedulers over the same leases, as processes of a cluster would be.</summary>
public sealed class SchedulerTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);

    readonly OwnLeases _leases = new(TimeProvider.System);
    readonly ConcurrentQueue<(string Who, long Epoch)> _passes = [];
    readonly ConcurrentQueue<ScheduledPass> _ended = [];
    int _atOnce;

    [Fact]
    public async Task Only_one_of_two_runs_a_job_and_the_other_takes_over_under_a_higher_epoch()
    {
        await using var second = await FirstThenSecondAsync();
        await UntilAsync(() => _passes.Any(pass => pass.Who == "second"));
        Assert.True(second.Scheduler.Leads);
        Assert.True(_passes.Where(pass => pass.Who == "second").Min(pass => pass.Epoch) > _passes.Where(pass => pass.Who == "first").Max(pass => pass.Epoch));
    }

    [Fact]
    public async Task A_pass_that_fails_is_told_and_the_job_goes_on_as_do_the_others()
    {
        var (tried, other) = (0, 0);
        await using var running = Begin(
            new ScheduledJob("breaks", Soon, (_, _) => ++tried == 1 ? throw new InvalidOperationException("on purpose") : Task.FromResult<string?>("three things")),
            new ScheduledJob("other", Soon, (_, _) => Task.FromResult<string?>(++other > 0 ? null : "")));
        await UntilAsync(() => tried > 2 && other > 2);
        Assert.Equal("on purpose", _ended.First(pass => pass.Job.Name == "breaks").Failure?.Message);
        Assert.Equal("three things", _ended.Last(pass => pass.Job.Name == "breaks").Did);
        Assert.All(_ended.Where(pass => pass.Job.Name == "other"), pass => Assert.Null(pass.Failure));
    }

    [Fact]
    public async Task A_pass_ends_with_the_lease()
    {
        using var leases = new LosableLeases();
        var (begun, cancelled) = (0, 0);
        await using var running = Begin(leases, new ScheduledJob("long", Soon, async (_, stop) =>
        {
            begun++;
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled++;
            stop.ThrowIfCancellationRequested();
            return null;
        }));
        await UntilAsync(() => begun > 0);
        await leases.LoseAsync();
        await UntilAsync(() => !running.Scheduler.Leads);
        Assert.Equal(1, cancelled);
        await UntilAsync(() => running.Scheduler.Leads);
        Assert.Empty(_ended);
    }

    /// <summary>The first has led, the second has waited, and the first is gone.</summary>
    async Task<Running> FirstThenSecondAsync()
    {
        await using var first = Begin(JobOf("first"));
        await UntilAsync(() => _passes.Count > 3);
        var second = Begin(JobOf("second"));
        await Task.Delay(TimeSpan.FromMilliseconds(200), TestContext.Current.CancellationToken);
        Assert.DoesNotContain(_passes, pass => pass.Who == "second");
        return second;
    }

    ScheduledJob JobOf(string who) => new("job", Soon, async (lease, stop) =>
    {
        Assert.Equal(1, Interlocked.Increment(ref _atOnce));
        _passes.Enqueue((who, lease.Epoch));
        await Task.Delay(Soon, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Interlocked.Decrement(ref _atOnce);
        return null;
    });

    Running Begin(params ScheduledJob[] jobs) => Begin(_leases, jobs);

    Running Begin(ILeases leases, params ScheduledJob[] jobs)
    {
        var (scheduler, stop) = (new Scheduler(leases, jobs, TimeProvider.System), new CancellationTokenSource());
        return new Running(scheduler, scheduler.RunAsync(_ended.Enqueue, failure => throw failure, stop.Token), stop);
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    sealed record Running(Scheduler Scheduler, Task Work, CancellationTokenSource Stop) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Work;
            Stop.Dispose();
        }
    }

    /// <summary>Leases that are always free, and lost on request.</summary>
    sealed class LosableLeases : ILeases, IDisposable
    {
        CancellationTokenSource _lost = new();

        public async Task LoseAsync()
        {
            using var lost = Interlocked.Exchange(ref _lost, new CancellationTokenSource());
            await lost.CancelAsync();
        }

        public void Dispose() => _lost.Dispose();

        public ValueTask<ILease?> TryTakeAsync(string name, CancellationToken cancellation) => new(new Held(name, _lost.Token));

        public ValueTask<IReadOnlyList<string>> HeldAsync(string prefix, CancellationToken cancellation) => new([]);

        sealed record Held(string Name, CancellationToken Lost) : ILease
        {
            public long Epoch => 1;

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
