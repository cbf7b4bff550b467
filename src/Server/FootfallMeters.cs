using System.Diagnostics.Metrics;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Server.Settings;

namespace Footfall.Server;

/// <summary>What the process tells Prometheus about its own work; requests and the runtime come from the framework's meters.</summary>
sealed class FootfallMeters : IDisposable
{
    public const string Name = "Footfall";

    readonly Meter _meter = new(Name);
    readonly Counter<long> _accepted;

    public FootfallMeters(IHitLog log, LogReach reach, Processors processors, Archivers archivers, DataFolder folder, TimeProvider clock)
    {
        _accepted = _meter.CreateCounter<long>("footfall.events.accepted", description: "Events acknowledged since the start.");
        _meter.CreateObservableCounter("footfall.hits.processed", () => processors.HitsProcessed, description: "Hits worked off since the start.");
        _meter.CreateObservableGauge("footfall.log.end", () => reach.End, "By", "Offset after the newest durable record.");
        _meter.CreateObservableGauge("footfall.log.lag", () => processors.Lag, "By", "Log that waits for the processor.");
        _meter.CreateObservableGauge("footfall.log.available", () => log.Unavailable is null ? 1 : 0, description: "1 while the log takes appends.");
        _meter.CreateObservableGauge("footfall.archive.lag", () => archivers.Lag, "By", "Log that is not sealed in the archive yet.");
        _meter.CreateObservableGauge("footfall.archive.healthy", () => archivers.Failure is null ? 1 : 0, description: "1 while hits can be archived.");
        _meter.CreateObservableGauge("footfall.processor.healthy", () => processors.Failure is null ? 1 : 0, description: "1 while the processor works.");
        _meter.CreateObservableGauge(
            "footfall.hits.set_aside", () => processors.SetAside, description: "Hits on which a step of processing failed and which are in no number.");
        _meter.CreateObservableGauge(
            "footfall.numbers.age", () => processors.Behind(clock.GetUtcNow()).TotalSeconds, "s", "How long ago the moment was up to which everything received is in the numbers.");
        _meter.CreateObservableGauge("footfall.disk.free", () => new DriveInfo(folder.Path).AvailableFreeSpace, "By", "Free on the disk of the data folder.");
    }

    public void Accepted(int events) => _accepted.Add(events);

    public void Dispose() => _meter.Dispose();
}
