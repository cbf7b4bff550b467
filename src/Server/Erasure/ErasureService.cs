namespace Footfall.Server.Erasure;

/// <summary>Forgets, while the server runs, what somebody asked to be forgotten.</summary>
sealed partial class ErasureService(Erasures erasures, ILogger<ErasureService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => erasures.RunAsync(failure => Failed(logger, failure.Message), stoppingToken), CancellationToken.None);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what is pending goes on at the next start.
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "An erasure does not get on and is tried again: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
