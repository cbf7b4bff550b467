using System.Collections.Concurrent;
using DuckDB.NET.Data;
using Footfall.Core.Reports;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Runs statements on connections of its own, a bounded number at once, and stops them when they take too long or nobody waits for the answer
/// any more. Waiting for a turn counts as time taken.
/// </summary>
sealed class ReportRunner(Func<DuckDBConnection> open, TimeSpan limit, int atOnce, TimeProvider time) : IDisposable
{
    static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(20);

    readonly SemaphoreSlim _turns = new(atOnce);

    // Never more than turns; a connection whose work failed is closed, not kept.
    readonly ConcurrentBag<DuckDBConnection> _idle = [];

    public async ValueTask<T> RunAsync<T>(Func<ReportConnection, T> work, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(limit, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, late.Token);
        try
        {
            await _turns.WaitAsync(stop.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw new ReportTimeoutException(limit);
        }
        try
        {
            return await RunOnThreadAsync(work, stop.Token);
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            // DuckDB reports an interrupted statement as one of its own errors.
            cancellation.ThrowIfCancellationRequested();
            throw new ReportTimeoutException(limit);
        }
        finally
        {
            _turns.Release();
        }
    }

    public void Dispose()
    {
        while (_idle.TryTake(out var connection))
            connection.Dispose();
        _turns.Dispose();
    }

    async Task<T> RunOnThreadAsync<T>(Func<ReportConnection, T> work, CancellationToken stop)
    {
        var owned = _idle.TryTake(out var idle) ? idle : open();
        var connection = new ReportConnection(owned, stop);
        // A thread of its own, which it blocks: one of the pool would be missing to whoever collects.
        var running = Task.Factory.StartNew(
            () => work(connection), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        var stopped = new TaskCompletionSource();
        await using (stop.Register(stopped.SetResult))
            await Task.WhenAny(running, stopped.Task);
        // An interrupt that comes between two statements is lost, so it is repeated until the work has ended.
        while (!running.IsCompleted)
        {
            connection.Interrupt();
            await Task.WhenAny(running, Task.Delay(Retry, CancellationToken.None));
        }
        if (running.IsCompletedSuccessfully)
            _idle.Add(owned);
        else
            owned.Dispose();
        return await running;
    }
}
