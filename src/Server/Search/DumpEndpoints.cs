using Footfall.Core.Search;

namespace Footfall.Server.Search;

/// <summary>What of the raw hits could not be delivered to the index.</summary>
/// <param name="dump">Null where there is none.</param>
sealed class DumpEndpoints(IHitDump? dump = null)
{
    const int HitsMost = 1000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/hits/refused", GetAsync).WithName("listRefusedHits").WithTags("Hits")
            .WithSummary("Raw hits that Elasticsearch refused for good and that are not found in it, the newest first, with the reasons.")
            .Produces<RefusedHitsDocument>().ProducesProblem(404).ProducesProblem(503);

    async Task<IResult> GetAsync(CancellationToken cancellation)
    {
        if (dump is null)
            return new ProblemResult(new Problem(404, "There is no index of raw hits", "raw hits are searched in archive and log, which refuse none; see the setting search_nodes"));
        try
        {
            var (count, newest) = await dump.RefusedAsync(HitsMost, cancellation);
            return Results.Ok(new RefusedHitsDocument(count, [.. newest.Select(RefusedHit.Of)]));
        }
        catch (HitSearchUnavailableException unavailable)
        {
            return new ProblemResult(new Problem(503, "The index of raw hits does not answer", unavailable.Message, RetryAfter: 5));
        }
    }
}
