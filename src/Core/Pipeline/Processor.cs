using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// The loop from the hit log to the warehouse, for one partition: read, run the steps, find the visits, commit rows and position in one
/// transaction. Everything it remembers is derived from the warehouse; after any failure it begins again from there, so that a hit is
/// worked off exactly once whatever happens between.
/// </summary>
public sealed class Processor(
    int partition, IHitLog log, IWarehouse warehouse, SiteDirectory sites, IUserAgents agents, IGeography geography,
    TimeProvider clock, ProcessorOptions options, long epoch = 0, CommitWatch? watch = null)
{
    /// <summary>The name under which the processor's position is registered with the log.</summary>
    public const string ReaderName = "processor";

    // Whoever runs the processor chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    BatchBuilder _builder = null!;
    WarehouseState _state = null!;
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

    /// <summary>Hits worked off since the start of the process.</summary>
    public long HitsProcessed { get; private set; }

    /// <summary>Up to when everything received is in the warehouse: now, when nothing waits.</summary>
    public DateTimeOffset CompleteUntil =>
        _state is not null && Position.Offset < log.End(partition).Offset
            ? DateTimeOffset.FromUnixTimeMilliseconds(_state.CompleteUntil)
            : clock.GetUtcNow();

    /// <summary>Works until cancelled; failures are told by <see cref="Failure"/> and to <paramref name="failed"/>, and tried again.</summary>
    /// <exception cref="FencedWriterException">The partition has a later owner.</exception>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await OpenAsync(cancellation);
                Failure = null;
                while (true)
                    await WorkAsync(cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                await SettledAsync();
                return;
            }
            catch (FencedWriterException)
            {
                // Somebody else works the partition off now: nothing is left to do here, and nothing of this one's counts.
                await SettledAsync();
                throw;
            }
            catch (Exception failure)
            {
                Failure = failure.Message;
                failed(failure);
                await SettledAsync();
                await Task.Delay(options.Retry, clock, cancellation).ConfigureAwait(Quietly);
            }
        }
    }

    /// <summary>Takes up the work where the warehouse stands, forgetting whatever was remembered.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _state = await warehouse.StateAsync(partition, cancellation);
        // A warehouse that is made anew begins where history does: what retention has deleted is no damage.
        var start = _state.Position.Offset == 0 ? log.Start(partition) : _state.Position;
        _builder = BatchBuilder.Open(warehouse, sites, agents, geography, options, _state, start, epoch);
        _state = _state with { Position = start };
        // What an attempt that failed has committed all the same was told to nobody.
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
        _settling = Task.Factory.StartNew(() => SettleAsync(batch, cancellation), cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
        return batch.Hits;
    }

    async ValueTask<WarehouseBatch> BuildAsync(CancellationToken cancellation)
    {
        try
        {
            return _builder.Take(await log.ReadTwiceAsync(_builder.Position, options.BatchBytesMax, cancellation), clock.GetUtcNow().ToUnixTimeMilliseconds());
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
        HitsProcessed += batch.Hits;
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
            (now - options.MergeVisitsAfter).ToUnixTimeMilliseconds(),
            DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.DedupeDays),
            cancellation);
    }
}
