using System.Diagnostics.Metrics;
using Footfall.Core.Search;

namespace Footfall.Server.Search;

/// <summary>What the delivery of raw hits tells Prometheus.</summary>
sealed class DumpMeters : IDisposable
{
    readonly Meter _meter = new(FootfallMeters.Name);

    public DumpMeters(HitDeliveries deliveries, DumpState state, TimeProvider clock)
    {
        _meter.CreateObservableCounter("footfall.search.delivered", () => deliveries.Counts.Delivered, description: "Hits delivered to the raw dump since the start.");
        _meter.CreateObservableCounter("footfall.search.repeated", () => deliveries.Counts.Repeated, description: "Hits that were there already.");
        _meter.CreateObservableCounter("footfall.search.refused", () => deliveries.Counts.Refused, description: "Hits that the index refused for good.");
        _meter.CreateObservableGauge("footfall.search.lag", () => deliveries.Lag, "By", "Hits that are not delivered yet.");
        _meter.CreateObservableGauge("footfall.search.age", () => deliveries.Behind(clock.GetUtcNow()).TotalSeconds, "s", "How long ago the newest delivered hit was received, while hits wait.");
        _meter.CreateObservableGauge("footfall.search.healthy", () => deliveries.Failure is null ? 1 : 0, description: "1 while hits can be delivered.");
        _meter.CreateObservableGauge("footfall.search.nodes_dead", () => state.DeadNodes, description: "Nodes of the raw dump that did not answer last.");
    }

    public void Dispose() => _meter.Dispose();
}
