using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;

namespace Footfall.Server.Admin;

/// <summary>For load balancers and people on call: alive, and ready to take traffic.</summary>
sealed class HealthEndpoints(IHitLog log, Processors processors, Draining draining)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz", () => Results.Text("ok\n")).WithName("health").WithSummary("200 while the process answers.");
        routes.MapGet("/readyz", Ready).WithName("ready").WithSummary("200 when events are accepted and worked off; 503 with the reason otherwise.")
            .Produces<string>(200, "text/plain").ProducesProblem(503);
    }

    IResult Ready()
    {
        if ((draining.Reason ?? log.Unavailable ?? processors.Failure) is { } reason)
            return new ProblemResult(new Problem(503, "Not ready", reason));
        return Results.Text("ready\n");
    }
}
