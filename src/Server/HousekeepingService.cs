using Footfall.Server.Collect;

namespace Footfall.Server;

/// <summary>What must be done now and then: secrets of past days are destroyed when they are due.</summary>
sealed partial class HousekeepingService(DailySecrets secrets, TimeProvider clock, ILogger<HousekeepingService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                secrets.Destroy();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException)
            {
                Failed(logger, failure);
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed and will be tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
