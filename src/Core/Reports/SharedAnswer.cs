namespace Footfall.Core.Reports;

/// <summary>One computation that several wait for. It goes on while one of them waits, and is stopped when the last one leaves.</summary>
sealed class SharedAnswer : IDisposable
{
    readonly CancellationTokenSource _stop = new();

    public SharedAnswer(Func<CancellationToken, Task<ReportAnswer>> compute) => Computing = Task.Run(() => compute(_stop.Token), CancellationToken.None);

    public Task<ReportAnswer> Computing { get; }

    /// <summary>Written under the lock of whoever shares it.</summary>
    public int Waiters { get; set; }

    /// <summary>By the last who leaves.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }
}
