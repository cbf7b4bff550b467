using Footfall.Core.Archive;
using Footfall.Server.Admin;
using Footfall.Server.Collect;
using Footfall.Server.People;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>
/// What must be done now and then: secrets of past days are destroyed when they are due, what let people in is forgotten when it has expired, when
/// keys were last used is written, and raw hits are deleted when they are older than they are to be kept, or compressed better when they are old.
/// </summary>
sealed partial class HousekeepingService(
    DailySecrets secrets, SignIns signIns, KeyRing keys, ArchiveUpkeep archive, FootfallSettings settings, TimeProvider clock,
    ILogger<HousekeepingService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    /// <summary>A day is over everywhere and its late hits have come.</summary>
    static readonly TimeSpan TightenAfter = TimeSpan.FromDays(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                secrets.Destroy();
                signIns.Forget();
                keys.WriteUses();
                if (Roles.Has(settings, Roles.Archiver))
                    await KeepArchiveAsync(stoppingToken);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                Failed(logger, failure);
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task KeepArchiveAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (settings.ArchiveDays > 0)
            await archive.ExpireAsync(0, now.AddDays(-settings.ArchiveDays).ToUnixTimeMilliseconds(), cancellation);
        // One day each time: it takes a core for a while.
        await Task.Run(() => archive.TightenAsync(0, (now - TightenAfter).ToUnixTimeMilliseconds(), cancellation).AsTask(), cancellation);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed and will be tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
