using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Server.Admin;

/// <summary>Answers an owner who has just put the tracker into a page: does it work?</summary>
sealed class VerificationEndpoint(IWarehouse warehouse, SiteDirectory directory)
{
    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/sites/{site}/verification", GetAsync).WithName("getVerification").WithSummary("Whether events of a site arrive, and when the last did.")
            .Produces<VerificationDocument>().ProducesProblem(404);

    async Task<IResult> GetAsync(string site, CancellationToken cancellation)
    {
        if (directory.Find(site) is not { } found)
            return new ProblemResult(Problem.UnknownSite(site));
        var activity = await warehouse.ActivityAsync(found.Id, cancellation);
        var totals = LedgerCounts.Of(await warehouse.LedgerAsync(found.Id, 0, DateTimeOffset.MaxValue.ToUnixTimeMilliseconds(), cancellation), hour: null);
        return Results.Ok(new VerificationDocument(
            TimeOf(activity.LastEventAt), TimeOf(activity.LastTrackerEventAt), totals.Counted, totals.Bot, totals.Refused));
    }

    static DateTimeOffset? TimeOf(long? milliseconds) => milliseconds is { } time ? DateTimeOffset.FromUnixTimeMilliseconds(time) : null;
}
