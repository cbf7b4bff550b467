namespace Footfall.Core.Leases;

/// <summary>
/// Runs jobs in one process at a time: whoever holds the lease <see cref="LeaseName"/> runs all of them, each in a loop of its own, and the others wait
/// for it to go. When the lease is lost every pass is cancelled, and has ended before this process asks for the lease again.
/// </summary>
/// <param name="jobs">Their names differ.</param>
public sealed class Scheduler(ILeases leases, IReadOnlyList<ScheduledJob> jobs, TimeProvider clock)
{
    public const string LeaseName = "scheduler/leader";

    const ConfigureAwaitOptions Quietly = ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext;

    /// <summary>How often who waits asks whether the lease is free.</summary>
    static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(2);

    volatile bool _leads;

    /// <summary>Whether this process is the one that runs the jobs.</summary>
    public bool Leads => _leads;

    /// <summary>Works until cancelled, then gives the lease back.</summary>
    /// <param name="ended">Told of every pass, from several threads; it must be quick and must not throw.</param>
    /// <param name="failed">Told when the lease could not be asked for.</param>
    public async Task RunAsync(Action<ScheduledPass> ended, Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await using var lease = await leases.TryTakeAsync(LeaseName, cancellation);
                if (lease is not null)
                    await LeadAsync(lease, ended, cancellation);
            }
            catch (Exception failure) when (!cancellation.IsCancellationRequested)
            {
                failed(failure);
            }
            catch (OperationCanceledException)
            {
                break;
            }
            await Task.Delay(AskEvery, clock, cancellation).ConfigureAwait(Quietly);
        }
    }

    async Task LeadAsync(ILease lease, Action<ScheduledPass> ended, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(lease.Lost, cancellation);
        _leads = true;
        try
        {
            await Task.WhenAll(jobs.Select(job => Beside.BeginAsync(() => RepeatAsync(job, lease, ended, stop.Token), CancellationToken.None)));
        }
        finally
        {
            _leads = false;
        }
    }

    async Task RepeatAsync(ScheduledJob job, ILease lease, Action<ScheduledPass> ended, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var began = clock.GetTimestamp();
            try
            {
                var did = await job.RunAsync(lease, stop);
                ended(new ScheduledPass(job, clock.GetElapsedTime(began), did, Failure: null));
            }
            catch (Exception failure) when (!stop.IsCancellationRequested)
            {
                ended(new ScheduledPass(job, clock.GetElapsedTime(began), Did: null, failure));
            }
            catch (Exception)
            {
                // It was told to stop.
                return;
            }
            await Task.Delay(job.Every, clock, stop).ConfigureAwait(Quietly);
        }
    }
}
