using System.Globalization;
using System.Security.Cryptography;
using Footfall.Core.Pipeline;
using Footfall.Core.Rebuild;
using Footfall.Core.Warehouse;
using Footfall.Server.Erasure;

namespace Footfall.Server.Rebuild;

/// <summary>
/// The one rebuild there may be at a time: works on it in the background, step by step, and goes on with it after a restart. Everything that changes
/// it takes the same turn, and breaks off a step that is under way, which is done again.
/// </summary>
sealed class Rebuilds(
    Rebuilder rebuilder, IRebuildStore store, RebuildFiles files, ErasureFiles erasures, IWarehouse live, Processors processors, TimeProvider clock,
    CommitWatch? watch = null) : IDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromSeconds(10);
    static readonly TimeSpan ErasurePause = TimeSpan.FromSeconds(1);

    readonly SemaphoreSlim _turn = new(1, 1);
    readonly SemaphoreSlim _woken = new(0);
    volatile RebuildState? _state = files.Load();
    CancellationTokenSource? _step;
    int _switches;
    int _waiting;

    /// <summary>The rebuild; null when there is none.</summary>
    public RebuildState? State => _state;

    /// <summary>Whether somebody waits for it: a version is to go live, while which the processor rests, or a request wants its turn.</summary>
    public bool IsWaitedFor => _state?.Wanted is not null || Volatile.Read(ref _waiting) > 0;

    /// <summary>Why it does not get on, in words for an operator; null while it does.</summary>
    public string? Problem { get; private set; }

    /// <summary>Why nothing can be rebuilt; null when it can.</summary>
    public string? Unavailable => store.Unavailable;

    public RebuildProgress? Progress => rebuilder.Progress;

    public RebuildDifference? Difference => files.LoadDifference();

    /// <summary>The version that is live.</summary>
    public RebuildSide Live => _state is { } state && store.LiveSide(state.Id) == RebuildSide.After ? RebuildSide.After : RebuildSide.Before;

    /// <summary>Begins a rebuild; one that is done with makes room for it.</summary>
    public Task<RebuildState> StartAsync(IReadOnlyList<int>? sites, DateOnly? from, DateOnly? to, bool dryRun, bool switchWhenReady, CancellationToken cancellation)
    {
        var id = clock.GetUtcNow().UtcDateTime.ToString("yyyyMMdd-HHmmss-", CultureInfo.InvariantCulture) + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(2));
        return ChangeAsync(() => Task.FromResult<RebuildState?>(rebuilder.Begin(id, sites, from, to, dryRun, switchWhenReady)), cancellation)!;
    }

    /// <summary>Has a version go live.</summary>
    public Task<RebuildState?> WantAsync(RebuildSide side, CancellationToken cancellation) =>
        ChangeAsync(() => Task.FromResult(_state is { } state ? state with { Wanted = side } : null), cancellation);

    /// <summary>Forgets the rebuild with both of its versions; what is live stays.</summary>
    public Task DropAsync(CancellationToken cancellation) => ChangeAsync(
        () =>
        {
            store.Delete();
            return Task.FromResult<RebuildState?>(null);
        },
        cancellation);

    /// <summary>
    /// Forgets in both versions what was erased from the raw hits before: nothing may come back by a switch. Where one went live since the erasure
    /// looked at the live rows, they are looked at again.
    /// </summary>
    /// <param name="switchesBefore"><see cref="Switches"/> as it was before the live rows were erased.</param>
    public Task ForgetAsync(int site, ulong? visitor, int switchesBefore, CancellationToken cancellation) => ChangeAsync(
        async () =>
        {
            foreach (var side in Enum.GetValues<RebuildSide>().Where(store.Has))
            {
                await using var version = store.Open(side);
                await version.ForgetAsync(0, site, visitor, cancellation);
            }
            if (_switches != switchesBefore && store.Unavailable is null)
            {
                await live.ForgetAsync(0, site, visitor, cancellation);
                if (watch is not null)
                    await watch.ForgottenAsync(site, cancellation);
            }
            return _state;
        },
        cancellation);

    /// <summary>How many switches there were since the start of the process.</summary>
    public int Switches => _switches;

    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        processors.HistoryChanged += _ => Interlocked.Increment(ref _switches);
        while (!cancellation.IsCancellationRequested)
        {
            using var step = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            // Published before the turn is taken: whoever finds the turn taken finds the step that has it.
            _step = step;
            await _turn.WaitAsync(cancellation);
            var pause = Timeout.InfiniteTimeSpan;
            try
            {
                pause = await StepAsync(step.Token);
                Problem = null;
            }
            catch (OperationCanceledException) when (step.IsCancellationRequested)
            {
                pause = TimeSpan.Zero;
            }
            catch (Exception failure)
            {
                (Problem, pause) = (failure.Message, Retry);
                failed(failure);
            }
            finally
            {
                _step = null;
                _turn.Release();
            }
            await _woken.WaitAsync(pause, cancellation);
        }
    }

    public void Dispose()
    {
        _turn.Dispose();
        _woken.Dispose();
    }

    /// <returns>How long to wait before the next one, if nobody asks for anything.</returns>
    async Task<TimeSpan> StepAsync(CancellationToken cancellation)
    {
        if (_state is not { IsAtWork: true } state)
            return Timeout.InfiniteTimeSpan;
        // What an erasure has taken out of the live rows may still be in the version: first it must be out of that as well.
        if (state.Wanted is not null && erasures.Pending().Count > 0)
            return ErasurePause;
        var (next, difference) = await rebuilder.StepAsync(state, cancellation);
        if (difference is not null)
            files.Save(difference);
        Keep(next);
        return TimeSpan.Zero;
    }

    async Task<RebuildState?> ChangeAsync(Func<Task<RebuildState?>> change, CancellationToken cancellation)
    {
        // In the queue before the step is ended, so that the next step queues behind.
        Interlocked.Increment(ref _waiting);
        try
        {
            var turn = _turn.WaitAsync(cancellation);
            EndStep();
            await turn;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
        try
        {
            var state = await change();
            Keep(state);
            return state;
        }
        finally
        {
            _turn.Release();
            _woken.Release();
        }
    }

    void Keep(RebuildState? state)
    {
        if (state is null)
            files.Delete();
        else if (state != _state)
            files.Save(state);
        _state = state;
    }

    void EndStep()
    {
        try
        {
            _step?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }
}
