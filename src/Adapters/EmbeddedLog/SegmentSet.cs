namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// The segments there are and the durable end of the log: what the writer publishes and readers look at, without a lock between them.
/// </summary>
sealed class SegmentSet(IEnumerable<Segment> segments, long end) : IDisposable
{
    readonly Lock _gate = new();
    volatile Segment[] _segments = [.. segments];
    TaskCompletionSource? _advanced;
    long _end = end;
    volatile bool _disposed;

    public long End => Volatile.Read(ref _end);

    public long Start => _segments is [var oldest, ..] ? oldest.Start : End;

    /// <summary>A segment that begins where the newest one does takes its place: that one holds no durable record.</summary>
    public void Add(Segment segment)
    {
        lock (_gate)
        {
            Segment[] before = _segments;
            bool replaces = before is [.., var newest] && newest.Start == segment.Start;
            _segments = [.. replaces ? before[..^1] : before, segment];
            if (replaces)
            {
                before[^1].Dispose();
            }
        }
    }

    /// <summary>Called by the writer alone, once what lies below the new end is durable.</summary>
    public void Advance(long end)
    {
        Volatile.Write(ref _end, end);
        Wake();
    }

    /// <summary>The segment that holds an offset and where its records end. The end is looked up first: segments are published before it.</summary>
    /// <returns>Null when the offset is below the start.</returns>
    public (Segment Segment, long Limit)? Find(long offset)
    {
        long limit = End;
        Segment[] all = _segments;
        for (int i = all.Length - 1; i >= 0; i--)
        {
            if (all[i].Start <= offset)
            {
                return (all[i], limit);
            }

            limit = Math.Min(limit, all[i].Start);
        }

        return null;
    }

    /// <summary>Completes when the log has a record at the offset.</summary>
    public async ValueTask WaitBeyondAsync(long offset, CancellationToken cancellation)
    {
        while (End <= offset)
        {
            TaskCompletionSource signal = Signal();
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (End <= offset)
            {
                await signal.Task.WaitAsync(cancellation);
            }
        }
    }

    /// <summary>Deletes the segments that lie wholly before an offset, oldest first, and never the newest.</summary>
    public void DeleteBefore(long offset)
    {
        lock (_gate)
        {
            while (_segments is [var oldest, var next, ..] && next.Start <= offset)
            {
                _segments = _segments[1..];
                oldest.Dispose();
                File.Delete(oldest.Path);
            }
        }
    }

    public void Dispose()
    {
        _disposed = true;
        Wake();
        foreach (Segment segment in _segments)
        {
            segment.Dispose();
        }
    }

    void Wake() => Interlocked.Exchange(ref _advanced, null)?.TrySetResult();

    TaskCompletionSource Signal()
    {
        TaskCompletionSource? current = Volatile.Read(ref _advanced);
        if (current is not null)
        {
            return current;
        }

        var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Interlocked.CompareExchange(ref _advanced, fresh, null) ?? fresh;
    }
}
