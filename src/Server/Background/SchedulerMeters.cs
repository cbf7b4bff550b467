using System.Diagnostics.Metrics;
using Footfall.Core.Leases;

namespace Footfall.Server.Background;

/// <summary>What the scheduled jobs tell Prometheus.</summary>
sealed class SchedulerMeters : IDisposable
{
    readonly Meter _meter = new(FootfallMeters.Name);
    readonly Histogram<double> _passes;

    public SchedulerMeters(Scheduler scheduler)
    {
        _meter.CreateObservableGauge("footfall.scheduler.leads", () => scheduler.Leads ? 1 : 0, description: "1 in the one process that runs the scheduled jobs.");
        _passes = _meter.CreateHistogram<double>("footfall.scheduler.pass", "s", "How long passes of the scheduled jobs took, by job and outcome.");
    }

    public void Count(ScheduledPass pass) =>
        _passes.Record(pass.Took.TotalSeconds, new("job", pass.Job.Name), new("outcome", pass.Failure is null ? "done" : "failed"));

    public void Dispose() => _meter.Dispose();
}
