using System.Collections.Concurrent;

namespace Footfall.Server.Background;

/// <summary>
/// Runs work, with all that it awaits, on threads of its own that the kernel lets run when nobody else wants to; and on the thread pool, like all
/// other work, while it may not yield. Which of the two is decided anew for each stretch between two awaits, so that work already begun is not
/// taken over: it goes on slowly, because a lower priority is a smaller share and never none.
/// </summary>
public sealed class YieldingThreads : TaskScheduler, IDisposable
{
    readonly BlockingCollection<Task> _waiting = [];
    readonly Thread[] _threads;
    readonly Func<bool> _mayYield;

    /// <param name="name">Of the threads, as tools show them.</param>
    /// <param name="mayYield">Asked often, from any thread; false while the work must not be held up any longer.</param>
    public YieldingThreads(string name, int count, Func<bool> mayYield)
    {
        _mayYield = mayYield;
        _threads = [.. Enumerable.Range(0, count).Select(_ => new Thread(Work) { Name = name, IsBackground = true })];
        foreach (var thread in _threads)
            thread.Start();
    }

    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>Runs work here until it is done.</summary>
    public Task RunAsync(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>Ends the threads once they have done what was given to them. Not for the work itself to call: it would wait for its own end.</summary>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        foreach (var thread in _threads)
            thread.Join();
        _waiting.Dispose();
    }

    protected override void QueueTask(Task task)
    {
        if (_mayYield())
            _waiting.Add(task);
        else
            ThreadPool.UnsafeQueueUserWorkItem(static work => work.Scheduler.TryExecuteTask(work.Task), (Scheduler: this, Task: task), preferLocal: false);
    }

    // Inline would be on whoever completes what is awaited, a thread of the collector among them.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

    void Work()
    {
        LowPriority.Enter();
        foreach (var task in _waiting.GetConsumingEnumerable())
            TryExecuteTask(task);
    }
}
