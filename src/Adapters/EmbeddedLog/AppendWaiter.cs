using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;
using Footfall.Core.HitLog;

namespace Footfall.Adapters.EmbeddedLog;

/// <summary>
/// One caller waiting for its record to become durable. Pooled: two own it, the caller until it has taken the result and the group until it
/// has given one, and the last to let go returns it.
/// </summary>
sealed class AppendWaiter : IValueTaskSource<LogPosition>
{
    const int PooledMax = 4096;

    static readonly ConcurrentQueue<AppendWaiter> s_pool = new();
    static int s_pooled;

    ManualResetValueTaskSourceCore<LogPosition> _core;
    CancellationTokenRegistration _registration;
    int _owners;
    int _settled;
    long _end;

    public ValueTask<LogPosition> Task => new(this, _core.Version);

    public static AppendWaiter Rent(CancellationToken cancellation)
    {
        if (s_pool.TryDequeue(out AppendWaiter? waiter))
        {
            Interlocked.Decrement(ref s_pooled);
            waiter._core.Reset();
            waiter._core.RunContinuationsAsynchronously = false;
        }
        else
        {
            waiter = new AppendWaiter();
        }

        waiter._owners = 2;
        waiter._settled = 0;
        waiter._registration = cancellation.CanBeCanceled
            ? cancellation.UnsafeRegister(static (state, token) => ((AppendWaiter)state!).Cancel(token), waiter)
            : default;
        return waiter;
    }

    /// <summary>The record was not taken; nobody will wait here. The pool does without this one, which a cancellation may still be touching.</summary>
    public void Discard() => _registration.Dispose();

    /// <summary>Where the record ends, counted from the start of its group.</summary>
    public void Place(long end) => _end = end;

    /// <summary>Gives the outcome, and runs at once what the caller does next.</summary>
    public void Settle(long groupStart, HitLogUnavailableException? failure)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            if (failure is null)
            {
                _core.SetResult(new LogPosition(0, groupStart + _end));
            }
            else
            {
                _core.SetException(failure);
            }
        }

        LetGo();
    }

    public LogPosition GetResult(short token)
    {
        try
        {
            return _core.GetResult(token);
        }
        finally
        {
            _registration.Dispose();
            LetGo();
        }
    }

    public ValueTaskSourceStatus GetStatus(short token) => _core.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _core.OnCompleted(continuation, state, token, flags);

    void Cancel(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _settled, 1) == 0)
        {
            _core.RunContinuationsAsynchronously = true;
            _core.SetException(new OperationCanceledException(cancellation));
        }
    }

    void LetGo()
    {
        if (Interlocked.Decrement(ref _owners) != 0)
        {
            return;
        }

        if (Interlocked.Increment(ref s_pooled) <= PooledMax)
        {
            s_pool.Enqueue(this);
        }
        else
        {
            Interlocked.Decrement(ref s_pooled);
        }
    }
}
