using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// The records that share one write and one fsync, laid out as they will lie in the file, and who waits for them. Filled under the
/// committer's lock, then owned by the writer, then, as a work item that settles the waiters, by the thread pool.
/// </summary>
sealed class AppendGroup(Action<AppendGroup> settled) : IThreadPoolWorkItem
{
    const int KeptBytes = 1 << 20;

    // Fewer are told sooner by one worker than a second one wakes.
    const int WaitersEach = 16;

    List<AppendWaiter> _waiters = [];
    byte[] _buffer = new byte[64 * 1024];
    long _start;
    string? _failure;
    Exception? _cause;
    int _told;
    int _workers;

    public int Bytes { get; private set; }

    public int Count => _waiters.Count;

    public ReadOnlySpan<byte> Frames => _buffer.AsSpan(0, Bytes);

    public void Add(ReadOnlySpan<byte> record, ulong hash, AppendWaiter waiter)
    {
        int end = Bytes + RecordFrame.HeaderBytes + record.Length;
        if (end > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(end, _buffer.Length * 2));
        }

        RecordFrame.Draft(_buffer.AsSpan(Bytes), record, hash);
        waiter.Place(end);
        _waiters.Add(waiter);
        Bytes = end;
    }

    /// <summary>Binds every record to its place in the log.</summary>
    public void Seal(ulong salt, long start)
    {
        _start = start;
        for (int at = 0; at < Bytes;)
        {
            at += RecordFrame.Seal(_buffer.AsSpan(at), salt, start + at);
        }
    }

    /// <summary>Takes over those who wait for another group, whose bytes the writer still holds.</summary>
    public void TakeWaitersOf(AppendGroup other) => (_waiters, other._waiters) = (other._waiters, _waiters);

    public void Fail(string reason, Exception? cause) => (_failure, _cause) = (reason, cause);

    /// <summary>
    /// Tells the waiters, on as few workers of the thread pool as keep the processors busy: each takes the next one that nobody has told. A
    /// caller's code runs between two of them, and must not block.
    /// </summary>
    public void Settle()
    {
        _told = 0;
        _workers = Math.Clamp(_waiters.Count / WaitersEach, 1, Environment.ProcessorCount);
        for (int worker = _workers; worker > 0; worker--)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    public void Execute()
    {
        for (int next; (next = Interlocked.Increment(ref _told) - 1) < _waiters.Count;)
        {
            _waiters[next].Settle(_start, _failure is null ? null : new HitLogUnavailableException(_failure, _cause));
        }

        if (Interlocked.Decrement(ref _workers) == 0)
        {
            Recycle();
        }
    }

    void Recycle()
    {
        _waiters.Clear();
        Bytes = 0;
        (_failure, _cause) = (null, null);
        if (_buffer.Length > KeptBytes)
        {
            _buffer = new byte[64 * 1024];
        }

        settled(this);
    }
}
