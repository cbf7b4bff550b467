using System.Runtime.ExceptionServices;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// The loop from the hit log to the warehouse, for one partition: read, run the steps, find the visits, commit rows and position in one
/// transaction. Everything it remembers is derived from the warehouse; after any failure it begins again from there, so that a hit is
/// worked off exactly once whatever happens between.
/// </summary>
public sealed class Processor(
    int partition, IHitLog log, IWarehouse warehouse, SiteDirectory sites, EnrichmentRules rules,
    TimeProvider clock, ProcessorOptions options, long epoch = 0, CommitWatch? watch = null) : IDisposable
{
    /// <summary>The name under which the processor's position is registered with the log.</summary>
    public const string ReaderName = "processor";

    // Whoever runs the processor chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    readonly BatchPace _pace = new(options.BatchBytesMax);
    BatchBuilder _builder = null!;
    WarehouseState _state = null!;
    readonly SemaphoreSlim _turn = new(1, 1);
    CancellationTokenSource? _session;
    Task _settling = Task.CompletedTask;
    int _uncompacted;
    DateTimeOffset _compactedAt;

    /// <summary>Everything before it is in the warehouse.</summary>
    public LogPosition Position => _state?.Position ?? new LogPosition(partition, 0);

    /// <summary>Whether it knows where the warehouse stands.</summary>
    public bool IsOpen => _state is not null;

    /// <summary>Why the last attempt failed, in words for an operator; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Told of every batch once it is in the warehouse, one batch after the other: a listener must be quick and must not throw.</summary>
    public event Action<WarehouseBatch>? Committed;

    /// <summary>
    /// Told when rows that were committed before have been replaced by others, of one position: whoever keeps sums or answers of these sites and
    /// days must make them anew. The processor rests meanwhile; a listener must be quick and must not throw.
    /// </summary>
    public event Action<HistoryChange>? HistoryChanged;

    /// <summary>Hits of the partition on which a step failed, and which wait to be replayed.</summary>
    public long SetAside { get; private set; }

    /// <summary>Hits worked off since the start of the process.</summary>
    public long HitsProcessed { get; private set; }

    /// <summary>Up to when everything received is in the warehouse: now, when nothing waits.</summary>
    public DateTimeOffset CompleteUntil =>
        _state is not null && SomethingMayWait ? DateTimeOffset.FromUnixTimeMilliseconds(_state.CompleteUntil) : clock.GetUtcNow();

    bool SomethingMayWait
    {
        get
        {
            try
            {
                return Position.Offset < log.End(partition).Offset;
            }
            catch (HitLogUnavailableException)
            {
                return true;
            }
        }
    }

    /// <summary>Works until cancelled; failures are told by <see cref="Failure"/> and to <paramref name="failed"/>, and tried again.</summary>
    /// <exception cref="FencedWriterException">The partition has a later owner.</exception>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        try
        {
            while (!cancellation.IsCancellationRequested)
            {
                if (await TakeTurnAsync(RunSessionAsync, cancellation) is not { } failure)
                    continue;
                // Somebody else works the partition off now: nothing is left to do here, and nothing of this one's counts.
                if (failure is FencedWriterException)
                    ExceptionDispatchInfo.Throw(failure);
                Failure = failure.Message;
                failed(failure);
                if (_pace.Failed(Position.Offset) && MayBeOfARecord(failure) && await SetAsideAsync(failure, cancellation))
                    continue;
                await Task.Delay(options.Retry, clock, cancellation).ConfigureAwait(Quietly);
            }
        }
        finally
        {
            // Whoever has it rest is let finish: once this has ended, the partition may be somebody else's.
            await _turn.WaitAsync(CancellationToken.None);
            _turn.Release();
        }
    }

    /// <summary>
    /// Has the processor rest between two batches, wherever it is, while something is done to the warehouse under it; then it begins again from
    /// there. Intake and reports go on meanwhile.
    /// </summary>
    /// <param name="work">Says what it changed, or null. Whatever it throws comes out of here.</param>
    public async Task WhileRestingAsync(Func<CancellationToken, Task<HistoryChange?>> work, CancellationToken cancellation)
    {
        // In the queue before the session is ended, so that the next session queues behind.
        var turn = _turn.WaitAsync(cancellation);
        EndSession();
        await turn;
        try
        {
            if (await work(cancellation) is { } change)
                HistoryChanged?.Invoke(change);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>
    /// Tries once more what is set aside. What passes is counted on its own day, once; nothing that was kept of those sites stays, for a late hit may
    /// change any day.
    /// </summary>
    /// <param name="site">Whose hits; null is everybody's.</param>
    public async Task<ReplayedHits> ReplaySetAsideAsync(int? site, CancellationToken cancellation)
    {
        var done = new ReplayedHits(0, 0);
        if (await warehouse.CountSetAsideAsync(partition, site, cancellation) == 0)
            return done;
        var change = new HistoryChange(site is { } one ? [one] : null, null, null);
        await WhileRestingAsync(
            async stop =>
            {
                await OpenAsync(stop);
                if (watch is not null)
                    await watch.ReplacedAsync(change, stop);
                done = await new SetAsideReplay(log, warehouse, _builder, clock, batch => Committed?.Invoke(batch)).RunAsync(site, stop);
                if (watch is not null)
                    await watch.ReplacedAsync(change, stop);
                SetAside -= done.Passed;
                return change;
            },
            cancellation);
        return done;
    }

    public void Dispose() => _turn.Dispose();

    /// <summary>Works until it is to rest, is cancelled or fails; nothing of it is on its way any more when it gives the turn back.</summary>
    /// <returns>Why it ended; null when it was asked to.</returns>
    async Task<Exception?> TakeTurnAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        using var session = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // Published before the turn is taken: whoever finds the turn taken finds the session that has it.
        _session = session;
        await _turn.WaitAsync(CancellationToken.None);
        var failure = await AttemptAsync(work, session.Token);
        await SettledAsync();
        _session = null;
        _turn.Release();
        return failure;
    }

    async Task RunSessionAsync(CancellationToken session)
    {
        await OpenAsync(session);
        Failure = null;
        while (true)
            await WorkAsync(session);
    }

    /// <summary>
    /// Passes over the record that failed just now, alone and every time, with its hits set aside. That this is taken says that the warehouse is well
    /// and the record is not; a warehouse that is away takes neither.
    /// </summary>
    /// <returns>False when it was not taken either.</returns>
    async Task<bool> SetAsideAsync(Exception fault, CancellationToken cancellation)
    {
        var unsuccessful = await TakeTurnAsync(
            async session =>
            {
                await OpenAsync(session);
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                var batch = _builder.SetAside((await log.ReadTwiceAsync(_builder.Position, 1, session))[0], fault, now);
                await _builder.SetVisitsAsync(batch, session);
                await SettleAsync(batch, session);
            },
            cancellation);
        if (unsuccessful is FencedWriterException)
            ExceptionDispatchInfo.Throw(unsuccessful);
        return unsuccessful is null;
    }

    /// <returns>Why it ended; null when it is done, or was asked to end.</returns>
    static async Task<Exception?> AttemptAsync(Func<CancellationToken, Task> work, CancellationToken session)
    {
        try
        {
            await work(session);
            return null;
        }
        catch (OperationCanceledException) when (session.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception failure)
        {
            return failure;
        }
    }

    bool MayBeOfARecord(Exception failure) => BatchBuilder.IsOfTheHit(failure) && !options.IsOfTheMachine(failure);

    void EndSession()
    {
        try
        {
            _session?.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>Takes up the work where the warehouse stands, forgetting whatever was remembered.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _state = await warehouse.StateAsync(partition, cancellation);
        // A warehouse that is made anew begins where history does: what retention has deleted is no damage.
        var start = _state.Position.Offset == 0 ? log.Start(partition) : _state.Position;
        _builder = BatchBuilder.Open(warehouse, sites, rules, options, _state, start, epoch);
        _state = _state with { Position = start };
        SetAside = await warehouse.CountSetAsideAsync(partition, site: null, cancellation);
        // What an attempt that failed has committed all the same was told to nobody; nor was what was done to the warehouse while it rested.
        watch?.Forget();
        _settling = Task.CompletedTask;
        _compactedAt = clock.GetUtcNow();
    }

    /// <summary>Works off what the log holds, one transaction, and ends when it is in the warehouse; waits until there is something.</summary>
    /// <returns>How many hits it held.</returns>
    public async ValueTask<int> StepAsync(CancellationToken cancellation)
    {
        var hits = await BeginAsync(cancellation);
        await _settling;
        return hits;
    }

    /// <summary>A step, with its end put off while there is more: the next batch is built on one core while this one is written on another.</summary>
    async ValueTask WorkAsync(CancellationToken cancellation)
    {
        var hits = await BeginAsync(cancellation);
        if (hits >= options.CompactEvery / 20 && _builder.Position.Offset < log.End(partition).Offset)
            return;
        await _settling;
        Failure = null;
        if (hits < options.CompactEvery / 20)
            await Task.Delay(options.Gather, clock, cancellation);
    }

    /// <summary>Builds the next batch and, when the one before is settled, begins to settle it.</summary>
    async ValueTask<int> BeginAsync(CancellationToken cancellation)
    {
        var batch = await BuildAsync(cancellation);
        await _settling;
        await _builder.SetVisitsAsync(batch, cancellation);
        _settling = Beside.BeginAsync(() => SettleAsync(batch, cancellation), cancellation);
        return batch.Hits;
    }

    async ValueTask<WarehouseBatch> BuildAsync(CancellationToken cancellation)
    {
        try
        {
            return _builder.Take(await log.ReadTwiceAsync(_builder.Position, _pace.Bytes, cancellation), clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (HitLogDamagedException damage)
        {
            return _builder.PassOver(damage, clock.GetUtcNow().ToUnixTimeMilliseconds());
        }
    }

    async Task SettleAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        if (watch is not null)
            await watch.BeforeCommitAsync(batch, cancellation);
        await warehouse.CommitAsync(batch, cancellation);
        // Before the position says that the batch is in: an answer that is said to be complete until then was not kept from before it.
        watch?.AfterCommit();
        _state = new WarehouseState(batch.Position, batch.NextSequence, batch.NextVisit, batch.CompleteUntil);
        _pace.Succeeded();
        HitsProcessed += batch.Hits;
        SetAside += batch.SetAside.Count;
        Committed?.Invoke(batch);
        await CompactAsync(batch, cancellation);
    }

    /// <summary>Nothing of an attempt is on its way any more. Whatever became of it, the next one begins from what the warehouse has.</summary>
    async Task SettledAsync() => await _settling.ConfigureAwait(Quietly);

    async ValueTask CompactAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        _uncompacted += batch.Events.Count;
        var now = clock.GetUtcNow();
        if (_uncompacted < options.CompactEvery && now - _compactedAt < options.MergeVisitsAfter)
            return;
        (_uncompacted, _compactedAt) = (0, now);
        await log.ReleaseAsync(ReaderName, batch.Position, cancellation);
        await warehouse.CompactAsync(
            partition,
            epoch,
            options.MergeVisitsBefore(now.ToUnixTimeMilliseconds()),
            DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.DedupeDays),
            cancellation);
    }
}
