using Footfall.Server.Admin;
using Footfall.Server.Collect;
using Footfall.Server.People;

namespace Footfall.Server;

/// <summary>What must be done now and then: secrets of past days are destroyed when they are due, what let people in is forgotten when it has expired, and when keys were last used is written.</summary>
sealed partial class HousekeepingService(DailySecrets secrets, SignIns signIns, KeyRing keys, TimeProvider clock, ILogger<HousekeepingService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                secrets.Destroy();
                signIns.Forget();
                keys.WriteUses();
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                Failed(logger, failure);
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed and will be tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
