using System.Buffers.Binary;

namespace Footfall.Core.HitLog;

/// <summary>
/// A log that is far away, with one of this machine's own beside it: while the far one cannot take records they are made durable here, and go on to it
/// once it can, in their order. What was handed on and not noted before a crash is handed on again, and what the far log stored without saying so is
/// spilled as well: a log that does either has <see cref="MayRepeat"/>, and hits are counted once by their ids. Only appends are its own matter;
/// readers read the far log, and see a spilled record when it has got there.
/// </summary>
public sealed class SpillingHitLog : IHitLog
{
    /// <summary>The one who reads what is spilled.</summary>
    public const string ReaderName = "forwarder";

    const int PrefixBytes = sizeof(int);
    const int BytesAtOnce = 1 << 20;

    /// <summary>Far longer than a far log takes that is well, shorter than anybody notices.</summary>
    static readonly TimeSpan FarWithin = TimeSpan.FromSeconds(2);

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    readonly IHitLog _far;
    readonly IHitLog _near;
    readonly long _bytesMost;
    readonly TimeProvider _clock;
    long _forwardedTo;
    long _spilled;
    long _forwarded;

    /// <param name="far">Must count what comes twice once, as <see cref="MayRepeat"/> says of it. Disposed with this.</param>
    /// <param name="near">Of one partition, for this alone. Disposed with this.</param>
    /// <param name="forwardedTo">Where the forwarder is in it.</param>
    /// <param name="bytesMost">What may wait in it; beyond that appends fail as they do without it. 0 spills nothing, and forwards what is there.</param>
    public SpillingHitLog(IHitLog far, IHitLog near, LogPosition forwardedTo, long bytesMost, TimeProvider clock)
    {
        if (!far.MayRepeat)
            throw new ArgumentException("A log that holds each record once would hold spilled ones twice.", nameof(far));
        (_far, _near, _bytesMost, _clock) = (far, near, bytesMost, clock);
        _forwardedTo = Math.Max(forwardedTo.Offset, near.Start(0).Offset);
    }

    public int Partitions => _far.Partitions;

    public bool MayRepeat => true;

    /// <summary>Null also while records are spilled.</summary>
    public string? Unavailable => _far.Unavailable is not { } reason ? null : Full(0) ?? (_near.Unavailable is { } disk ? $"{reason}; {disk}" : null);

    /// <summary>Why the far log takes nothing; null while it does.</summary>
    public string? FarUnavailable => _far.Unavailable;

    /// <summary>Bytes that wait here for the far log.</summary>
    public long Waiting => _near.End(0).Offset - Interlocked.Read(ref _forwardedTo);

    /// <summary>What may wait.</summary>
    public long WaitingMost => _bytesMost;

    /// <summary>Records that were made durable here since the start.</summary>
    public long Spilled => Interlocked.Read(ref _spilled);

    /// <summary>Records that were handed on since the start.</summary>
    public long Forwarded => Interlocked.Read(ref _forwarded);

    public async ValueTask<LogPosition> AppendAsync(int partition, ReadOnlyMemory<byte> record, CancellationToken cancellation)
    {
        // Before anything is waited for: the record's memory is the caller's again then.
        var kept = Prefixed(partition, record.Span);
        if (_far.Unavailable is null)
        {
            try
            {
                var append = _far.AppendAsync(partition, kept.AsMemory(PrefixBytes), cancellation);
                return _bytesMost == 0 || append.IsCompleted ? await append : await append.AsTask().WaitAsync(FarWithin, _clock, cancellation);
            }
            catch (Exception refused) when (refused is TimeoutException || (refused is HitLogUnavailableException && Full(kept.Length) is null))
            {
                // It may have it all the same, as a retry of the client's would find.
            }
        }
        await SpillAsync(kept, cancellation);
        return new LogPosition(partition, LogPosition.Untold);
    }

    public ValueTask<IReadOnlyList<LogRecord>> ReadAsync(LogPosition from, int bytesMax, CancellationToken cancellation) => _far.ReadAsync(from, bytesMax, cancellation);

    public LogPosition Start(int partition) => _far.Start(partition);

    public LogPosition End(int partition) => _far.End(partition);

    public long BytesBetween(LogPosition from, LogPosition to) => _far.BytesBetween(from, to);

    public ValueTask ReleaseAsync(string reader, LogPosition position, CancellationToken cancellation) => _far.ReleaseAsync(reader, position, cancellation);

    public ValueTask PartAsync(int partition, CancellationToken cancellation) => _far.PartAsync(partition, cancellation);

    /// <summary>Hands on what is spilled until cancelled; what waits then is handed on after the next start.</summary>
    /// <param name="failed">Told once of each outage, and of each damage of what was spilled: records that were acknowledged and are lost.</param>
    public async Task ForwardAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        var isWell = true;
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await ForwardSomeAsync(cancellation);
                isWell = true;
                continue;
            }
            catch (HitLogDamagedException damaged)
            {
                failed(damaged);
                await NoteAsync(damaged.Next, cancellation);
                continue;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (isWell)
                    failed(failure);
                isWell = false;
            }
            await Task.Delay(Pause, _clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _far.DisposeAsync();
        await _near.DisposeAsync();
    }

    async ValueTask SpillAsync(byte[] kept, CancellationToken cancellation)
    {
        if (Full(kept.Length) is { } full)
            throw new HitLogUnavailableException(full);
        await _near.AppendAsync(0, kept, cancellation);
        Interlocked.Increment(ref _spilled);
    }

    /// <summary>Why so many bytes more may not wait here, or null. Requests that come together may go beyond it by what they bring.</summary>
    string? Full(int more)
    {
        if (_bytesMost > 0 && Waiting + more <= _bytesMost)
            return null;
        var reason = _far.Unavailable ?? "the queue does not answer";
        return _bytesMost == 0 ? reason : FormattableString.Invariant($"{reason}, and {Waiting >> 20} of {_bytesMost >> 20} MiB wait for it already");
    }

    async Task ForwardSomeAsync(CancellationToken cancellation)
    {
        var records = await _near.ReadTwiceAsync(new LogPosition(0, _forwardedTo), BytesAtOnce, cancellation);
        while (_far.Unavailable is not null)
            await Task.Delay(Pause, _clock, cancellation);
        await Task.WhenAll(records.Select(record => HandOnAsync(record.Bytes, cancellation)));
        Interlocked.Add(ref _forwarded, records.Count);
        await NoteAsync(new LogPosition(0, records[^1].NextOffset), cancellation);
    }

    /// <summary>Partitions only ever become more, under another name; a record of one that is not there goes where it can.</summary>
    Task<LogPosition> HandOnAsync(ReadOnlyMemory<byte> kept, CancellationToken cancellation) =>
        _far.AppendAsync(BinaryPrimitives.ReadInt32LittleEndian(kept.Span) % Partitions, kept[PrefixBytes..], cancellation).AsTask();

    /// <summary>Once nothing waits, nothing is kept here: what people did is on this machine no longer than it must be.</summary>
    async Task NoteAsync(LogPosition position, CancellationToken cancellation)
    {
        await _near.ReleaseAsync(ReaderName, position, cancellation);
        Interlocked.Exchange(ref _forwardedTo, position.Offset);
        if (Waiting == 0)
            await _near.PartAsync(0, cancellation);
    }

    static byte[] Prefixed(int partition, ReadOnlySpan<byte> record)
    {
        var kept = new byte[PrefixBytes + record.Length];
        BinaryPrimitives.WriteInt32LittleEndian(kept, partition);
        record.CopyTo(kept.AsSpan(PrefixBytes));
        return kept;
    }
}
