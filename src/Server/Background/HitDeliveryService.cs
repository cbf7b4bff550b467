using Footfall.Core.Search;
using Footfall.Server.Search;

namespace Footfall.Server.Background;

/// <summary>
/// Delivers hits to the raw dump while the server runs, on a thread that leaves the machine to the collector, until it is so far behind that whoever
/// looks for a hit would miss it.
/// </summary>
sealed partial class HitDeliveryService(HitDeliveries deliveries, DumpState state, IntakePressure pressure, TimeProvider clock, ILogger<HitDeliveryService> logger) : BackgroundService
{
    static readonly TimeSpan YieldsFor = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meters = new DumpMeters(deliveries, state, clock);
        using var threads = new YieldingThreads("search", 1, () => deliveries.Behind(clock.GetUtcNow()) < YieldsFor, () => pressure.IsHigh);
        await threads.RunAsync(() => deliveries.RunAsync(failure => Failed(logger, failure.Message), stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Raw hits cannot be delivered to the index; they come from archive and log once it can be reached: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
