using System.Diagnostics.Metrics;
using Footfall.Core.Sites;

namespace Footfall.Server;

/// <summary>
/// Follows, once a second, what other nodes change in the catalog they share, and measures how far the standby that is read lags behind. While it
/// cannot be read, this node goes on with what it knows.
/// </summary>
/// <param name="standbyLag">Bytes that a standby has not applied yet; null without a standby.</param>
sealed partial class CatalogFollowService(
    CatalogFollower follower, Func<long?> standbyLag, TimeProvider clock, ILogger<CatalogFollowService> logger) : BackgroundService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    readonly Meter _meter = new(FootfallMeters.Name);
    volatile bool _hasFailed;
    long _lag = -1;

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(async () =>
    {
        _meter.CreateObservableGauge("footfall.database.available", () => _hasFailed ? 0 : 1, description: "1 while the shared catalog can be read and has a primary.");
        _meter.CreateObservableGauge("footfall.database.standby_lag", Lag, "By", "Log of the database that the standby has not applied yet.");
        while (!stoppingToken.IsCancellationRequested)
        {
            Turn(stoppingToken);
            await Task.Delay(Every, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }, stoppingToken);

    void Turn(CancellationToken stoppingToken)
    {
        try
        {
            follower.Follow();
            Interlocked.Exchange(ref _lag, standbyLag() ?? -1);
            _hasFailed = false;
        }
        catch (Exception failure) when (failure is not OutOfMemoryException && !stoppingToken.IsCancellationRequested)
        {
            if (!_hasFailed)
                Failed(logger, failure);
            _hasFailed = true;
        }
    }

    IEnumerable<Measurement<long>> Lag() => Interlocked.Read(ref _lag) is >= 0 and var bytes ? [new Measurement<long>(bytes)] : [];

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database has no primary, or cannot be read; sites and keys stay as they are known until it can")]
    static partial void Failed(ILogger logger, Exception failure);
}
