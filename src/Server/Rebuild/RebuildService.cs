namespace Footfall.Server.Rebuild;

/// <summary>Works on the rebuild while the server runs.</summary>
sealed partial class RebuildService(Rebuilds rebuilds, ILogger<RebuildService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => rebuilds.RunAsync(failure => Failed(logger, failure.Message), stoppingToken), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; the rebuild goes on at the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The rebuild does not get on and is tried again: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
