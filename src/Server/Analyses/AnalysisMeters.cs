using System.Diagnostics.Metrics;
using Footfall.Core.Pipeline;

namespace Footfall.Server.Analyses;

/// <summary>What the scheduled analysis of this process tells Prometheus; how long its passes took is told by the scheduler.</summary>
sealed class AnalysisMeters : IDisposable
{
    readonly Meter _meter = new(FootfallMeters.Name);

    public AnalysisMeters(ScheduledAnalysis analysis, TimeProvider clock)
    {
        _meter.CreateObservableCounter("footfall.analysis.events", () => analysis.Events, description: "Events that the scheduled analysis has read since the start.");
        _meter.CreateObservableGauge("footfall.analysis.age", () => analysis.Last?.CompleteUntil is { } until ? (clock.GetUtcNow() - until).TotalSeconds : 0, "s",
            "How long ago the newest hit was received that the scheduled analysis has read; 0 where it does not run.");
        _meter.CreateObservableGauge("footfall.analysis.cost", () => (analysis.Last?.MicrosecondsPerEvent ?? 0) / 1e6, "s", "What an event cost in the newest run.");
    }

    public void Dispose() => _meter.Dispose();
}
