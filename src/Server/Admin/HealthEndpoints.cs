using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Server.Settings;

namespace Footfall.Server.Admin;

/// <summary>For load balancers and people on call: alive, and ready to take traffic.</summary>
sealed class HealthEndpoints(IHitLog log, Processors processors, Draining draining, FootfallSettings settings)
{
    /// <summary>Whoever only answers questions goes on without the log: what is in the warehouse can still be asked for.</summary>
    readonly bool _needsLog = ((string[])[Roles.Collector, Roles.Processor, Roles.Archiver]).Any(role => Roles.Has(settings, role));

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n")).WithName("health").WithSummary("200 while the process answers.");
        routes.MapGet("/readyz", Ready).WithName("ready").WithSummary("200 when the process does what its roles are: takes events, works them off, answers; 503 with the reason otherwise.")
            .Produces<string>(200, "text/plain").ProducesProblem(503);
    }

    IResult Ready()
    {
        if ((draining.Reason ?? (_needsLog ? log.Unavailable ?? processors.Failure : null)) is { } reason)
            return new ProblemResult(new Problem(503, "Not ready", reason));
        return Results.Text("ready\n");
    }
}
