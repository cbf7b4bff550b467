using Footfall.Core.Sites;

namespace Footfall.Server;

/// <summary>Follows, once a second, what other nodes change in the catalog they share. While it cannot be read, this node goes on with what it knows.</summary>
sealed partial class CatalogFollowService(CatalogFollower follower, TimeProvider clock, ILogger<CatalogFollowService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(async () =>
    {
        var hasFailed = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                follower.Follow();
                hasFailed = false;
            }
            catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
            {
                if (!hasFailed)
                    Failed(logger, failure);
                hasFailed = true;
            }
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }, stoppingToken);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The changes of the catalog cannot be read; sites and keys stay as they are known until they can")]
    static partial void Failed(ILogger logger, Exception failure);
}
