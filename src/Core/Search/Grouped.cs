namespace Footfall.Core.Search;

/// <summary>
/// Many callers' small requests in few large ones: what comes while requests are under way waits, and goes together in the next. Nobody waits for
/// company; with one caller at a time every request goes at once and alone. Thread-safe.
/// </summary>
/// <param name="atOnce">Requests under way at a time.</param>
/// <param name="weightMost">A request takes in more callers while it is below this weight.</param>
/// <param name="sendAsync">Sends for some callers and gives each its answer, in their order; what it throws, each of them gets.</param>
public sealed class Grouped<TAsked, TAnswer>(
    int atOnce, int weightMost, Func<TAsked, int> weightOf, Func<IReadOnlyList<TAsked>, Task<IReadOnlyList<TAnswer>>> sendAsync)
{
    readonly Queue<Caller> _waiting = new();
    int _underWay;

    /// <summary>Who cancels stops waiting; what they asked for may be sent all the same.</summary>
    public Task<TAnswer> AskAsync(TAsked asked, CancellationToken cancellation)
    {
        var caller = new Caller(asked);
        lock (_waiting)
        {
            _waiting.Enqueue(caller);
            if (_underWay == atOnce)
                return caller.Answer.Task.WaitAsync(cancellation);
            _underWay++;
        }
        _ = SendAllAsync();
        return caller.Answer.Task.WaitAsync(cancellation);
    }

    /// <summary>Until nobody waits. It does not throw.</summary>
    async Task SendAllAsync()
    {
        while (Next() is { Count: > 0 } group)
        {
            try
            {
                var answers = await sendAsync([.. group.Select(caller => caller.Asked)]);
                for (var index = 0; index < group.Count; index++)
                    group[index].Answer.SetResult(answers[index]);
            }
            catch (Exception failure)
            {
                foreach (var caller in group)
                    caller.Answer.TrySetException(failure);
            }
        }
    }

    List<Caller> Next()
    {
        lock (_waiting)
        {
            var (group, weight) = (new List<Caller>(), 0);
            while (weight < weightMost && _waiting.TryDequeue(out var caller))
            {
                group.Add(caller);
                weight += weightOf(caller.Asked);
            }
            if (group.Count == 0)
                _underWay--;
            return group;
        }
    }

    sealed record Caller(TAsked Asked)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
