using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Search;

/// <summary>
/// The loop from the history into the raw dump, for one partition. It reads archive and log as one, so that neither keeps anything for it: a dump that
/// is away for a week is filled from the archive. The position is stored after the answer; what was delivered beyond it is looked up before it is
/// delivered again, because an id is taken twice when the dump began new storage in between.
/// </summary>
/// <param name="history">Archive and log as one, for this delivery alone.</param>
public sealed class HitDelivery(int partition, IHitLog history, IArchive archive, IHitDump dump, IHitSink sink, TimeProvider clock, HitDeliveryOptions options)
{
    // Whoever runs the delivery chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    long _reach;
    long _delivered;
    long _repeated;
    long _refused;
    long _newest;

    /// <summary>Everything before it is delivered; null until the dump was asked.</summary>
    public LogPosition? Position { get; private set; }

    /// <summary>Why nothing is delivered now, in words for an operator; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Hits that were delivered since the start.</summary>
    public long Delivered => Interlocked.Read(ref _delivered);

    /// <summary>Hits that were there already.</summary>
    public long Repeated => Interlocked.Read(ref _repeated);

    /// <summary>Hits that the index refused.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>About how many bytes of the history are not delivered.</summary>
    public long Lag => history.BytesBetween(Position ?? Oldest(), history.End(partition));

    /// <summary>How long ago the newest delivered hit was received, while hits wait; zero when none does.</summary>
    public TimeSpan Behind(DateTimeOffset now) =>
        Lag == 0 || Interlocked.Read(ref _newest) == 0 ? TimeSpan.Zero : now - DateTimeOffset.FromUnixTimeMilliseconds(Interlocked.Read(ref _newest));

    /// <summary>Works until cancelled; failures are told by <see cref="Failure"/> and to <paramref name="failed"/>, and tried again.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        var pause = options.PauseLeast;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                for (var at = await BeginAsync(cancellation); ; (Failure, pause) = (null, options.PauseLeast))
                    at = await StepAsync(at, cancellation);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (Failure is null)
                    failed(failure);
                Failure = failure.Message;
            }
            await Task.Delay(pause, clock, cancellation).ConfigureAwait(Quietly);
            pause = Longer(pause);
        }
    }

    async ValueTask<LogPosition> BeginAsync(CancellationToken cancellation)
    {
        await dump.PrepareAsync(cancellation);
        var stored = await dump.PositionAsync(partition, cancellation);
        _reach = await dump.ReachAsync(partition, cancellation);
        // A history that was restored from a copy may end before what a dump has seen.
        var at = stored is { } known ? known with { Offset = Math.Min(known.Offset, history.End(partition).Offset) } : Oldest();
        // Also of a partition that nothing comes to: whoever waits for all of it must not wait for ever.
        if (stored is null)
            await dump.StoreAsync(at, cancellation);
        Position = at;
        // With nothing to deliver, that it answers is all that can be known.
        if (at.Offset == history.End(partition).Offset)
            Failure = null;
        return at;
    }

    LogPosition Oldest() =>
        archive.Segments(partition).FirstOrDefault(segment => segment.LastReceivedAt >= OldestWanted())?.StartPosition
        ?? (archive.Segments(partition) is [.., var newest] ? newest.EndPosition : history.Start(partition));

    long OldestWanted() => options.Age is { } age ? (clock.GetUtcNow() - age).ToUnixTimeMilliseconds() : long.MinValue;

    async ValueTask<LogPosition> StepAsync(LogPosition at, CancellationToken cancellation)
    {
        var (hits, next, isFull) = await GatherAsync(at, cancellation);
        if (at.Offset <= _reach && hits.Count > 0)
        {
            var known = await dump.KnownAsync([.. hits.Select(hit => hit.Id)], cancellation);
            Interlocked.Add(ref _repeated, hits.RemoveAll(hit => known.Contains(hit.Id)));
        }
        await DeliverAsync(hits, cancellation);
        await dump.StoreAsync(next, cancellation);
        Position = next;
        if (hits.Count > 0)
            Interlocked.Exchange(ref _newest, hits[^1].ReceivedAt);
        if (!isFull)
            await Task.Delay(options.Gather, clock, cancellation);
        return next;
    }

    /// <summary>The hits from a position on, at least a record's.</summary>
    async ValueTask<(List<FoundHit> Hits, LogPosition Next, bool IsFull)> GatherAsync(LogPosition at, CancellationToken cancellation)
    {
        var (hits, bytes, oldest) = (new List<FoundHit>(), 0L, OldestWanted());
        do
        {
            try
            {
                foreach (var record in await history.ReadTwiceAsync(at, options.BytesMost / 4, cancellation))
                {
                    Take(record, oldest, hits);
                    bytes += record.Bytes.Length;
                    at = at with { Offset = record.NextOffset };
                }
            }
            catch (HitLogDamagedException damaged)
            {
                // What cannot be read cannot be found; the processor tells of it.
                at = damaged.Next;
            }
        }
        while (hits.Count < options.HitsMost && bytes < options.BytesMost && at.Offset < history.End(partition).Offset);
        return (hits, at, hits.Count >= options.HitsMost || bytes >= options.BytesMost);
    }

    void Take(LogRecord record, long oldest, List<FoundHit> hits)
    {
        if (HitBatchCodec.TryRead(record.Bytes) is not { } batch || batch.ReceivedAt < oldest)
            return;
        for (var index = 0; index < batch.Hits.Count; index++)
            hits.Add(FoundHit.Of(batch, index, new LogPosition(partition, record.Offset)));
    }

    /// <summary>Until each of them is taken or refused.</summary>
    async ValueTask DeliverAsync(List<FoundHit> hits, CancellationToken cancellation)
    {
        var pause = options.PauseLeast;
        while (hits.Count > 0)
        {
            var answer = await sink.DeliverAsync(hits, cancellation);
            Interlocked.Add(ref _delivered, answer.Delivered.Count);
            Interlocked.Add(ref _repeated, answer.Repeated.Count);
            if (answer.Refused.Count > 0)
                await dump.KeepRefusedAsync(answer.Refused, cancellation);
            Interlocked.Add(ref _refused, answer.Refused.Count);
            hits = [.. answer.Later];
            Failure = answer.Reason;
            if (hits.Count == 0)
                return;
            await Task.Delay(pause, clock, cancellation);
            pause = Longer(pause);
        }
    }

    TimeSpan Longer(TimeSpan pause) => pause * 2 < options.PauseMost ? pause * 2 : options.PauseMost;
}
