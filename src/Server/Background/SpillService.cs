using System.Diagnostics.Metrics;
using Footfall.Core.HitLog;

namespace Footfall.Server.Background;

/// <summary>Hands on to the queue what this collector keeps for it, while the server runs.</summary>
sealed partial class SpillService(SpillingHitLog log, ILogger<SpillService> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var meter = new Meter(FootfallMeters.Name);
        meter.CreateObservableGauge("footfall.spill.bytes", () => log.Waiting, "By", "Accepted hits that wait on this machine for the queue.");
        meter.CreateObservableCounter("footfall.spill.spilled", () => log.Spilled, description: "Requests whose hits were kept here since the start, because the queue took none.");
        meter.CreateObservableCounter("footfall.spill.forwarded", () => log.Forwarded, description: "Of them and of those from before, handed on to the queue since the start.");
        await log.ForwardAsync(failure => Failed(logger, failure.Message), stoppingToken);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hits that wait for the queue could not be handed on: {Reason}")]
    static partial void Failed(ILogger logger, string reason);
}
