using System.Threading.Channels;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Rebuild;

/// <summary>
/// Makes a warehouse of the raw hits up to a position, as fast as it goes: while one batch is written, others are built and the one after those
/// is read. Progress is the warehouse's own position, so it can be ended anywhere and goes on from there.
/// </summary>
/// <param name="history">Every hit there is; read by nobody else meanwhile.</param>
/// <param name="only">Whose hits; null is everybody's.</param>
/// <param name="aside">Hits that are set aside, and are to stay so without being tried; null is none.</param>
sealed class Replay(
    IHitLog history, IWarehouse into, SiteDirectory sites, EnrichmentRules rules, IReadOnlySet<int>? only, TimeProvider clock, ProcessorOptions options,
    IReadOnlyDictionary<(long Offset, int Index), SetAsideHit>? aside = null)
{
    const int Partition = 0;

    /// <summary>How many batches may be built and wait: compaction takes as long as some of them.</summary>
    const int BatchesAhead = 4;

    // Whoever runs the replay chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    int _uncompacted;
    long _completeUntil;

    /// <summary>Told of each batch that is in the warehouse: the position after it, and its hits.</summary>
    public Action<LogPosition, int>? Settled { get; init; }

    /// <summary>Takes in everything before a position at which a record begins; ends at once when that is there already.</summary>
    /// <param name="start">Where an empty warehouse begins.</param>
    public async Task RunToAsync(LogPosition start, LogPosition end, CancellationToken cancellation)
    {
        var state = await into.StateAsync(end.Partition, cancellation);
        var first = state.Position.Offset == 0 ? start : state.Position;
        if (first.Offset >= end.Offset)
            return;
        var builder = BatchBuilder.Open(into, sites, rules, options, state, first, epoch: 0, only, aside);
        var built = Channel.CreateBounded<WarehouseBatch>(BatchesAhead);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var settling = Beside.BeginAsync(() => SettleAllAsync(builder, built.Reader, ending), CancellationToken.None);
        try
        {
            await BuildAsync(builder, built.Writer, end, ending.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A batch could not be settled: that is what is told.
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
        finally
        {
            built.Writer.Complete();
            await settling.ConfigureAwait(Quietly);
        }
        await settling;
        await CompactAsync(cancellation);
    }

    async Task BuildAsync(BatchBuilder builder, ChannelWriter<WarehouseBatch> built, LogPosition end, CancellationToken cancellation)
    {
        var reading = ReadAsync(builder.Position, end, cancellation);
        try
        {
            while (builder.Position.Offset < end.Offset)
            {
                var read = await reading;
                if (read.Next.Offset < end.Offset)
                    reading = Beside.BeginAsync(() => ReadAsync(read.Next, end, cancellation), CancellationToken.None);
                var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
                await built.WriteAsync(read.Damage is { } damage ? builder.PassOver(damage, now) : builder.Take(read.Records, now), cancellation);
            }
        }
        finally
        {
            await ((Task)reading).ConfigureAwait(Quietly);
        }
    }

    /// <summary>One batch after the other: finding the visits of one needs those before it in the warehouse.</summary>
    /// <param name="ending">Cancelled when one of them fails, so that no more are built.</param>
    async Task SettleAllAsync(BatchBuilder builder, ChannelReader<WarehouseBatch> built, CancellationTokenSource ending)
    {
        try
        {
            await foreach (var batch in built.ReadAllAsync(ending.Token))
            {
                await builder.SetVisitsAsync(batch, ending.Token);
                await SettleAsync(batch, ending.Token);
            }
        }
        catch
        {
            await ending.CancelAsync();
            throw;
        }
    }

    /// <summary>As many records as make a batch; what a read gives at once is mostly less.</summary>
    async Task<ReadAhead> ReadAsync(LogPosition from, LogPosition end, CancellationToken cancellation)
    {
        var records = new List<LogRecord>();
        var (next, bytes) = (from, 0L);
        while (next.Offset < end.Offset && bytes < options.BatchBytesMax)
        {
            try
            {
                var read = await history.ReadTwiceAsync(next, options.BatchBytesMax, cancellation);
                records.EnsureCapacity(records.Count + read.Count);
                foreach (var record in read)
                {
                    if (record.Offset >= end.Offset)
                        break;
                    records.Add(record);
                    bytes += record.Bytes.Length;
                    next = next with { Offset = record.NextOffset };
                }
            }
            catch (HitLogDamagedException) when (records.Count > 0)
            {
                // The read that begins there tells it, once these are in.
                break;
            }
            catch (HitLogDamagedException damage)
            {
                return new ReadAhead([], damage, damage.Next);
            }
        }
        return new ReadAhead(records, null, next);
    }

    async Task SettleAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        await into.CommitAsync(batch, cancellation);
        (_uncompacted, _completeUntil) = (_uncompacted + batch.Events.Count, batch.CompleteUntil);
        Settled?.Invoke(batch.Position, batch.Hits);
        if (_uncompacted >= options.CompactEvery)
            await CompactAsync(cancellation);
    }

    /// <summary>By the time of the hits and not of the clock, so that it comes to the same whenever it is done.</summary>
    async Task CompactAsync(CancellationToken cancellation)
    {
        if (_completeUntil == 0)
            return;
        _uncompacted = 0;
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(_completeUntil).UtcDateTime);
        await into.CompactAsync(Partition, epoch: 0, _completeUntil - (long)options.MergeVisitsAfter.TotalMilliseconds, day.AddDays(-options.DedupeDays), cancellation);
    }

    /// <param name="Next">Where the next read begins.</param>
    sealed record ReadAhead(IReadOnlyList<LogRecord> Records, HitLogDamagedException? Damage, LogPosition Next);
}
