using Footfall.Core.Leases;

namespace Footfall.Server.Background;

/// <summary>Runs the scheduled jobs while the server runs, when it is the one of its installation whose turn it is; on a thread that leaves the machine to the collector.</summary>
sealed partial class SchedulerService(Scheduler scheduler, IntakePressure pressure, ILogger<SchedulerService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meters = new SchedulerMeters(scheduler);
        using var threads = new YieldingThreads("scheduler", 1, () => true, () => pressure.IsHigh);
        await threads.RunAsync(() => scheduler.RunAsync(
            pass =>
            {
                meters.Count(pass);
                Tell(pass);
            },
            failure => Unreachable(logger, failure.Message),
            stoppingToken));
    }

    void Tell(ScheduledPass pass)
    {
        if (pass.Failure is { } failure)
            Failed(logger, failure, pass.Job.Name, failure.Message);
        else if (pass.Did is { } did)
            Done(logger, pass.Job.Name, did, pass.Took.TotalSeconds);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: {Did}, in {Seconds:N1} s")]
    static partial void Done(ILogger logger, string job, string did, double seconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} failed and will be tried again: {Reason}")]
    static partial void Failed(ILogger logger, Exception failure, string job, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whose turn it is to run the scheduled jobs cannot be found out, and will be asked again: {Reason}")]
    static partial void Unreachable(ILogger logger, string reason);
}
