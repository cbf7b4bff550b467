using System.Collections.Concurrent;
using Footfall.Core.Leases;

namespace Footfall.Tests.Leases;

/// <summary>Several workers over the same leases, as processes of a cluster would be.</summary>
public sealed class LeasedWorkTests
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    readonly OwnLeases _leases = new(TimeProvider.System);
    readonly ConcurrentDictionary<int, string> _owners = new();
    readonly ConcurrentQueue<string> _clashes = [];

    [Fact]
    public async Task One_worker_does_everything()
    {
        await using var only = Begin("a", 16);
        await UntilAsync(() => ShareOf("a") == 16);
    }

    [Fact]
    public async Task Work_is_spread_evenly_and_handed_over_without_ever_being_done_twice()
    {
        await using var first = Begin("a", 16);
        await UntilAsync(() => ShareOf("a") == 16);
        await using var second = Begin("b", 16);
        await UntilAsync(() => ShareOf("a") == 8 && ShareOf("b") == 8);
        var third = Begin("c", 16);
        await UntilAsync(() => ShareOf("a") + ShareOf("b") + ShareOf("c") == 16 && Math.Min(Math.Min(ShareOf("a"), ShareOf("b")), ShareOf("c")) == 5);
        await third.DisposeAsync();
        await UntilAsync(() => ShareOf("a") == 8 && ShareOf("b") == 8);
        Assert.Empty(_clashes);
    }

    [Fact]
    public async Task More_workers_than_pieces_leave_some_with_nothing()
    {
        await using var first = Begin("a", 1);
        await UntilAsync(() => ShareOf("a") == 1);
        await using var second = Begin("b", 1);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.Equal((1, 0), (ShareOf("a"), ShareOf("b")));
        await first.DisposeAsync();
        await UntilAsync(() => ShareOf("b") == 1);
    }

    [Fact]
    public async Task A_piece_that_fails_is_told_and_taken_anew_under_a_higher_epoch()
    {
        var (epochs, told) = (new ConcurrentQueue<long>(), new ConcurrentQueue<string>());
        using var stop = new CancellationTokenSource();
        var working = new LeasedWork(_leases, "work", 1, "a", TimeProvider.System).RunAsync(
            async (piece, lease, cancellation) =>
            {
                epochs.Enqueue(lease.Epoch);
                if (epochs.Count == 1)
                    throw new InvalidOperationException("on purpose");
                await Task.Delay(Timeout.Infinite, cancellation);
            },
            failure => told.Enqueue(failure.Message),
            stop.Token);
        await UntilAsync(() => epochs.Count == 2);
        await stop.CancelAsync();
        await working;
        Assert.Equal(["on purpose"], told);
        Assert.Equal(epochs.Order().Distinct(), epochs);
        Assert.Empty(await _leases.HeldAsync("work", TestContext.Current.CancellationToken));
    }

    int ShareOf(string name) => _owners.Values.Count(owner => owner == name);

    Worker Begin(string name, int pieces)
    {
        var stop = new CancellationTokenSource();
        var working = new LeasedWork(_leases, "work", pieces, name, TimeProvider.System).RunAsync(
            async (piece, lease, cancellation) =>
            {
                if (!_owners.TryAdd(piece, name))
                    _clashes.Enqueue($"{piece} of {name}");
                await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                _owners.TryRemove(piece, out _);
            },
            failure => _clashes.Enqueue(failure.Message),
            stop.Token);
        return new Worker(stop, working);
    }

    static async Task UntilAsync(Func<bool> comes)
    {
        using var over = new CancellationTokenSource(Patience);
        while (!comes())
        {
            Assert.False(over.IsCancellationRequested, "It did not come to that in time.");
            await Task.Delay(20, CancellationToken.None);
        }
    }

    sealed class Worker(CancellationTokenSource stop, Task working) : IAsyncDisposable
    {
        bool _ended;

        public async ValueTask DisposeAsync()
        {
            if (_ended)
                return;
            _ended = true;
            await stop.CancelAsync();
            await working;
            stop.Dispose();
        }
    }
}
