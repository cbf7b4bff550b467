using Footfall.Server.Background;

namespace Footfall.Server.Rebuild;

/// <summary>
/// Works on the rebuild while the server runs, on threads that leave the machine to everybody else. Except while somebody waits for it, the
/// processor among them, which rests during a switch.
/// </summary>
sealed partial class RebuildService(Rebuilds rebuilds, IntakePressure pressure, ILogger<RebuildService> logger) : BackgroundService
{
    // One reads the history, one builds the next batch, one writes the last.
    const int Threads = 3;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var threads = new YieldingThreads("rebuild", Threads, () => !rebuilds.IsWaitedFor, () => pressure.IsHigh);
        try
        {
            await threads.RunAsync(() => rebuilds.RunAsync(failure => Failed(logger, failure.Message), stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the rebuild goes on at the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rebuild does not get on and is tried again: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
