using System.Collections.Concurrent;
using System.Globalization;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// Makes records durable in groups: one thread takes all that wait, writes them with one call, syncs once and lets the thread pool tell the
/// callers. After a failure nothing is appended until a new segment could be made at the last durable offset, tried once a second. A disk that
/// neither does its work nor fails is a failure too, found by a timer: nobody waits longer than <see cref="SegmentHitLogOptions.StallAfter"/>.
/// </summary>
sealed class GroupCommitter : IDisposable
{
    const int SpareGroupsMax = 4;

    static readonly TimeSpan s_retryEvery = TimeSpan.FromSeconds(1);

    readonly SegmentHitLogOptions _options;
    readonly SegmentSet _segments;
    readonly FreeSpace _space;
    readonly Thread _writer;
    readonly ITimer _retry;
    readonly ITimer _watch;
    readonly AutoResetEvent _wake = new(false);
    readonly ConcurrentQueue<AppendGroup> _spares = new();

    // What appenders and the writer share.
    readonly Lock _gate = new();
    AppendGroup _filling;
    AppendGroup? _committing;
    long _workingSince;
    bool _idle = true;
    bool _stalled;
    bool _closing;
    TaskCompletionSource? _parting;
    volatile string? _unavailable;

    // Used by the writer alone.
    ActiveSegment? _active;

    public GroupCommitter(SegmentHitLogOptions options, SegmentSet segments, ActiveSegment? active, string? unavailable)
    {
        _options = options;
        _segments = segments;
        _active = active;
        _unavailable = unavailable;
        _space = new FreeSpace(options);
        _filling = NewGroup();
        _retry = options.Time.CreateTimer(_ => Poke(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (unavailable is not null)
        {
            _retry.Change(s_retryEvery, s_retryEvery);
        }

        TimeSpan watchEvery = options.StallAfter / 5;
        _watch = options.Time.CreateTimer(_ => Watch(), null, watchEvery, watchEvery);
        _writer = new Thread(Run) { Name = "hit log", IsBackground = true };
        _writer.Start();
    }

    public string? Unavailable => _unavailable;

    public ValueTask<LogPosition> AppendAsync(ReadOnlySpan<byte> record, CancellationToken cancellation)
    {
        ulong hash = RecordFrame.Hash(record);
        AppendWaiter waiter = AppendWaiter.Rent(cancellation);
        ValueTask<LogPosition> durable = waiter.Task;
        string? refusal;
        bool wake;
        lock (_gate)
        {
            refusal = Refusal(record.Length);
            wake = refusal is null && _idle;
            if (refusal is null)
            {
                _filling.Add(record, hash, waiter);
                _idle = false;
                _workingSince = wake ? _options.Time.GetTimestamp() : _workingSince;
            }
        }

        if (refusal is not null)
        {
            waiter.Discard();
            return ValueTask.FromException<LogPosition>(new HitLogUnavailableException(refusal));
        }

        if (wake)
        {
            Poke();
        }

        return durable;
    }

    /// <summary>Begins a new segment between two groups; one that holds nothing yet will do.</summary>
    public Task PartAsync(CancellationToken cancellation)
    {
        TaskCompletionSource parting;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closing, this);
            parting = _parting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Poke();
        return parting.Task.WaitAsync(cancellation);
    }

    /// <summary>Makes durable what was accepted, then stops.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_closing)
            {
                return;
            }

            _closing = true;
        }

        _wake.Set();
        while (!_writer.Join(_options.StallAfter))
        {
            // It hangs in the disk, and would hold the process for ever. Nothing of what it has was promised to anybody.
            if (_stalled)
            {
                return;
            }
        }

        _watch.Dispose();
        _parting?.TrySetException(new ObjectDisposedException(nameof(GroupCommitter)));
        _retry.Dispose();
        _active?.Dispose();
        _wake.Dispose();
    }

    string? Refusal(int length)
    {
        if (_closing)
        {
            return "The hit log is closed.";
        }

        bool overloaded = _filling.Count > 0 && (long)_filling.Bytes + RecordFrame.HeaderBytes + length > _options.QueueBytesMax;
        return _unavailable ?? (overloaded ? "The hit log is overloaded: the disk does not keep up with what arrives." : null);
    }

    // The timer and appenders may come while the log is being closed.
    void Poke()
    {
        lock (_gate)
        {
            if (!_closing)
            {
                _wake.Set();
            }
        }
    }

    void Run()
    {
        while (Take() is { } group)
        {
            Part();
            try
            {
                Commit(group);
            }
#pragma warning disable CA1031 // Whatever went wrong, the callers must hear of it and the writer must live to try again.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                Suspend(failure, group);
            }

            group.Settle();
        }
    }

    AppendGroup? Take()
    {
        while (true)
        {
            lock (_gate)
            {
                // What took too long is over, whatever came of it.
                if (_stalled)
                {
                    _stalled = false;
                    _retry.Change(s_retryEvery, s_retryEvery);
                }

                if (_filling.Count > 0)
                {
                    _workingSince = _options.Time.GetTimestamp();
                    return _committing = Swap();
                }

                if (_closing)
                {
                    return null;
                }

                _idle = true;
            }

            _wake.WaitOne();
            lock (_gate)
            {
                _idle = false;
                _workingSince = _options.Time.GetTimestamp();
            }

            if (_unavailable is not null && !_closing)
            {
                TryResume();
            }

            Part();
        }
    }

    AppendGroup Swap()
    {
        AppendGroup group = _filling;
        _filling = _spares.TryDequeue(out AppendGroup? spare) ? spare : NewGroup();
        return group;
    }

    AppendGroup NewGroup() => new(settled =>
    {
        if (_spares.Count < SpareGroupsMax)
        {
            _spares.Enqueue(settled);
        }
    });

    void Commit(AppendGroup group)
    {
        _space.Spend(group.Bytes);
        long start = _segments.End;
        if (_active is null || start - _active.Start >= _options.SegmentBytes)
        {
            Roll(start);
        }

        group.Seal(_active!.Salt, start);
        _active.Write(group.Frames, start);
        lock (_gate)
        {
            // Those who waited were told that it may not be durable, and send it again: then it must not be here already.
            if (_stalled)
            {
                throw new IOException("the disk took too long for a write.");
            }

            _committing = null;
        }

        _segments.Advance(start + group.Bytes);
    }

    void Part()
    {
        TaskCompletionSource? parting;
        lock (_gate)
        {
            (parting, _parting) = (_parting, null);
        }

        if (parting is null)
        {
            return;
        }

        try
        {
            if (_active is null)
            {
                throw new HitLogUnavailableException(_unavailable ?? "The hit log takes no records.");
            }

            if (_active.Start < _segments.End)
            {
                Roll(_segments.End);
            }

            parting.SetResult();
        }
#pragma warning disable CA1031 // Told to whoever asked; the log goes on in the segment that it has.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            parting.SetException(failure);
        }
    }

    void Roll(long start)
    {
        ActiveSegment fresh = ActiveSegment.Create(_options.Disk, _options.Folder, start);
        _segments.Add(new Segment(Segment.PathOf(_options.Folder, start), start, new SegmentHeader(start, fresh.Salt)));
        _active?.Dispose();
        _active = fresh;
    }

    // Called by a timer. Whoever waits is refused; the writer finds out when its call returns, and cuts what it wrote.
    void Watch()
    {
        AppendGroup? forlorn = null;
        AppendGroup? behind = null;
        string reason;
        lock (_gate)
        {
            if (_idle || _stalled || _options.Time.GetElapsedTime(_workingSince) < _options.StallAfter)
            {
                return;
            }

            _stalled = true;
            _unavailable = reason = string.Create(
                CultureInfo.InvariantCulture, $"The hit log takes no records: the disk has not answered for {_options.StallAfter.TotalSeconds} seconds.");
            if (_committing is not null)
            {
                forlorn = NewGroup();
                forlorn.TakeWaitersOf(_committing);
            }

            if (_filling.Count > 0)
            {
                behind = Swap();
            }
        }

        Refuse(forlorn, reason, null);
        Refuse(behind, reason, null);
        _options.Notify?.Invoke(new HitLogNotice(HitLogNoticeKind.Unavailable, reason));
    }

    static void Refuse(AppendGroup? group, string reason, Exception? cause)
    {
        group?.Fail(reason, cause);
        group?.Settle();
    }

    // Nothing that was accepted and is not durable may survive: the group's bytes are cut, and what waits behind it is refused too.
    void Suspend(Exception failure, AppendGroup failed)
    {
        string reason = $"The hit log takes no records: {failure.Message}";
        AppendGroup? behind = null;
        bool told;
        lock (_gate)
        {
            told = _stalled;
            _unavailable = reason;
            if (_filling.Count > 0)
            {
                behind = Swap();
            }
        }

        if (failure is not LowSpaceException)
        {
            _active?.Abandon(_segments.End);
            _active = null;
        }

        // Until here the timer could still take from it those who wait, when the cut itself hangs.
        lock (_gate)
        {
            _committing = null;
        }

        failed.Fail(reason, failure);
        Refuse(behind, reason, failure);
        _retry.Change(s_retryEvery, s_retryEvery);
        if (!told)
        {
            _options.Notify?.Invoke(new HitLogNotice(HitLogNoticeKind.Unavailable, reason));
        }
    }

    void TryResume()
    {
        try
        {
            _space.Check();
            if (_active is null)
            {
                Roll(_segments.End);
            }
        }
#pragma warning disable CA1031 // Any failure means that the log is still unavailable; the reason shown follows it.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _unavailable = string.Create(CultureInfo.InvariantCulture, $"The hit log takes no records: {failure.Message}");
            return;
        }

        _retry.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        lock (_gate)
        {
            _stalled = false;
            _unavailable = null;
        }

        _options.Notify?.Invoke(new HitLogNotice(HitLogNoticeKind.Resumed, "The hit log takes records again."));
    }
}
