using System.Collections.Concurrent;

namespace Footfall.Server.Background;

/// <summary>
/// Runs work, with all that it awaits, on threads of its own that the kernel lets run when nobody else wants to; and on the thread pool, like all
/// other work, while it may not yield. Which of the two is decided anew for each stretch between two awaits, so that work already begun is not
/// taken over: it goes on slowly, because a lower priority is a smaller share and never none. A smaller share is still too much where others queue
/// for all of it: as long as they do, and the work may yield, none of it is begun at all.
/// </summary>
public sealed class YieldingThreads : TaskScheduler, IDisposable
{
    static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(20);

    readonly BlockingCollection<Task> _waiting = [];
    readonly Thread[] _threads;
    readonly Func<bool> _mayYield;
    readonly Func<bool> _othersQueue;

    /// <param name="name">Of the threads, as tools show them.</param>
    /// <param name="mayYield">Asked often, from any thread; false while the work must not be held up any longer.</param>
    /// <param name="othersQueue">As often; true while others need more than the machine has.</param>
    public YieldingThreads(string name, int count, Func<bool> mayYield, Func<bool> othersQueue)
    {
        (_mayYield, _othersQueue) = (mayYield, othersQueue);
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
        if (MayYield())
            _waiting.Add(task);
        else
            GiveToPool(task);
    }

    // Inline would be on whoever completes what is awaited, a thread of the collector among them.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _waiting;

    void Work()
    {
        LowPriority.Enter();
        foreach (var task in _waiting.GetConsumingEnumerable())
        {
            if (LetOthersGoFirst())
                TryExecuteTask(task);
            else
                GiveToPool(task);
        }
    }

    /// <returns>False when the work must not be held up any longer.</returns>
    bool LetOthersGoFirst()
    {
        while (_othersQueue())
        {
            if (!MayYield())
                return false;
            Thread.Sleep(s_pause);
        }
        return true;
    }

    /// <summary>Who cannot be asked is held up by nobody; a failure here would be that of a task that nothing ever runs again.</summary>
    bool MayYield()
    {
        try
        {
            return _mayYield();
        }
        catch (Exception)
        {
            return false;
        }
    }

    void GiveToPool(Task task) =>
        ThreadPool.UnsafeQueueUserWorkItem(static work => work.Scheduler.TryExecuteTask(work.Task), (Scheduler: this, Task: task), preferLocal: false);
}
