using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// The records that share one write and one fsync, laid out as they will lie in the file, and who waits for them. Filled under the
/// committer's lock, then owned by the writer, then, as a work item that settles the waiters, by the thread pool.
/// </summary>
sealed class AppendGroup(Action<AppendGroup> settled) : IThreadPoolWorkItem
{
    const int KeptBytes = 1 << 20;

    readonly List<AppendWaiter> _waiters = [];
    byte[] _buffer = new byte[64 * 1024];
    long _start;
    string? _failure;
    Exception? _cause;

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

    public void Fail(string reason, Exception? cause)
    {
        _failure = reason;
        _cause = cause;
    }

    public void Execute()
    {
        foreach (AppendWaiter waiter in _waiters)
        {
            waiter.Settle(_start, _failure is null ? null : new HitLogUnavailableException(_failure, _cause));
        }

        _waiters.Clear();
        Bytes = 0;
        _failure = null;
        _cause = null;
        if (_buffer.Length > KeptBytes)
        {
            _buffer = new byte[64 * 1024];
        }

        settled(this);
    }
}
