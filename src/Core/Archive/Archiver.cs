using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>
/// The loop from the hit log into the archive, for one partition: seals what is due and lets the log go of it. The archive's own end is the only
/// memory of progress, so that a crash costs nothing but the segment that was being written, which is written again.
/// </summary>
public sealed class Archiver(int partition, IHitLog log, IArchive archive, ArchiveTurn turn, TimeProvider clock, ArchiverOptions options)
{
    /// <summary>The name under which the archiver's position is registered with the log.</summary>
    public const string ReaderName = "archive";

    const int BytesAtOnce = 4 << 20;

    // Whoever runs the archiver chooses its threads: it stays on them.
    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>Everything before it is sealed, and the log need not keep it.</summary>
    public LogPosition Position
    {
        get
        {
            var (segments, start) = (archive.Segments(partition), log.Start(partition));
            return segments is [.., var newest] && newest.End > start.Offset ? newest.EndPosition : start;
        }
    }

    /// <summary>Why the last attempt failed, in words for an operator; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Works until cancelled; failures are told by <see cref="Failure"/> and to <paramref name="failed"/>, and tried again. Until then the log keeps what is not sealed.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                while (await SealDueAsync(cancellation) is not null)
                    Failure = null;
                Failure = null;
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
            await Task.Delay(options.Every, clock, cancellation).ConfigureAwait(Quietly);
        }
    }

    /// <summary>Seals the next segment, if its time is over or it has come to its size.</summary>
    /// <returns>Null when none is due.</returns>
    public async ValueTask<ArchiveSegment?> SealDueAsync(CancellationToken cancellation)
    {
        await turn.TakeAsync(cancellation);
        try
        {
            var (from, end) = (await ReleaseAsync(cancellation), log.End(partition));
            return from.Offset < end.Offset && (log.BytesBetween(from, end) >= options.SegmentBytes || await IsOverAsync(from, cancellation))
                ? await SealAsync(from, end, cancellation)
                : null;
        }
        finally
        {
            turn.Give();
        }
    }

    /// <summary>Seals everything that the log holds now, due or not.</summary>
    /// <returns>Where the archive ends then.</returns>
    public async ValueTask<LogPosition> SealAllAsync(CancellationToken cancellation)
    {
        var end = log.End(partition);
        await turn.TakeAsync(cancellation);
        try
        {
            var at = await ReleaseAsync(cancellation);
            while (at.Offset < end.Offset)
                at = (await SealAsync(at, end, cancellation)).EndPosition;
            return await ReleaseAsync(cancellation);
        }
        finally
        {
            turn.Give();
        }
    }

    /// <summary>Told each time anew, because the last time a full disk may have been in the way.</summary>
    async ValueTask<LogPosition> ReleaseAsync(CancellationToken cancellation)
    {
        var position = Position;
        await log.ReleaseAsync(ReaderName, position, cancellation);
        return position;
    }

    async ValueTask<bool> IsOverAsync(LogPosition from, CancellationToken cancellation)
    {
        try
        {
            var first = (await log.ReadAsync(from, 1, cancellation))[0];
            return PeriodOf(first) is not { } period || period < clock.GetUtcNow().ToUnixTimeMilliseconds() / (long)options.Period.TotalMilliseconds;
        }
        catch (HitLogDamagedException)
        {
            return true;
        }
    }

    async ValueTask<ArchiveSegment> SealAsync(LogPosition from, LogPosition end, CancellationToken cancellation)
    {
        await using var draft = archive.Begin(from, ArchiveEffort.Quick);
        var (at, period) = (from, (long?)null);
        while (at.Offset < end.Offset && draft.RawBytes < options.SegmentBytes)
        {
            // A segment is seconds of work, most of it without waiting for anything: here others can go first.
            await Task.Yield();
            try
            {
                foreach (var record in await log.ReadTwiceAsync(at, BytesAtOnce, cancellation))
                {
                    var its = PeriodOf(record);
                    if (its > period)
                        return await EndAsync(draft, at, cancellation);
                    period ??= its;
                    await draft.AddAsync(record, cancellation);
                    at = at with { Offset = record.NextOffset };
                }
            }
            catch (HitLogDamagedException damaged)
            {
                // What cannot be read cannot be kept: the archive has a hole there, and the processor tells of it.
                at = damaged.Next;
            }
        }
        return await EndAsync(draft, at, cancellation);
    }

    async ValueTask<ArchiveSegment> EndAsync(IArchiveDraft draft, LogPosition end, CancellationToken cancellation)
    {
        var segment = await draft.SealAsync(end, cancellation);
        await log.ReleaseAsync(ReaderName, segment.EndPosition, cancellation);
        return segment;
    }

    long? PeriodOf(LogRecord record) => HitBatchCodec.ReceivedAtOf(record.Bytes.Span) / (long)options.Period.TotalMilliseconds;
}
