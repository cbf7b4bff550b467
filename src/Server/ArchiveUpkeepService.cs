using Footfall.Core.Archive;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>Deletes raw hits that are older than they are to be kept, and compresses old ones better: one day each time, because that takes a core for a while.</summary>
sealed partial class ArchiveUpkeepService(
    ArchiveUpkeep archive, Archivers archivers, FootfallSettings settings, TimeProvider clock, ILogger<ArchiveUpkeepService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    /// <summary>A day is over everywhere and its late hits have come.</summary>
    static readonly TimeSpan TightenAfter = TimeSpan.FromDays(2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => RunAsync(stoppingToken), CancellationToken.None);

    async Task RunAsync(CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await KeepAsync(clock.GetUtcNow(), cancellation);
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !cancellation.IsCancellationRequested)
            {
                Failed(logger, failure);
            }
            await Task.Delay(Every, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    async Task KeepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        foreach (var partition in archivers.Partitions)
        {
            if (settings.ArchiveDays > 0)
                await archive.ExpireAsync(partition, now.AddDays(-settings.ArchiveDays).ToUnixTimeMilliseconds(), cancellation);
            await archive.TightenAsync(partition, (now - TightenAfter).ToUnixTimeMilliseconds(), cancellation);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The upkeep of the archive failed and will be tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
