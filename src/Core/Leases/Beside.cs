namespace Footfall.Core.Leases;

/// <summary>
/// Begins work that goes on beside the caller's, on the threads that the caller was given: a loop does not choose its threads, whoever runs it does.
/// </summary>
static class Beside
{
    /// <param name="cancellation">Cancelled before the work began, it does not begin.</param>
    public static Task BeginAsync(Func<Task> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();

    /// <inheritdoc cref="BeginAsync(Func{Task}, CancellationToken)"/>
    public static Task<T> BeginAsync<T>(Func<Task<T>> work, CancellationToken cancellation) =>
        Task.Factory.StartNew(work, cancellation, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap();
}
