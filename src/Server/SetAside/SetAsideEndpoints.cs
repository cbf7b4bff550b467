using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Server.SetAside;

/// <summary>The hits on which a step of processing failed: what they are, and trying them again.</summary>
sealed class SetAsideEndpoints(IHitLog log, IWarehouse warehouse, Processors processors, SiteDirectory sites)
{
    const int LimitDefault = 100;
    const int LimitMost = 1000;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/set-aside", GetAsync).WithName("getSetAside").WithTags("Hits")
            .WithSummary("The hits on which a step of processing failed, and which are in no number, in the order of the log.")
            .Produces<SetAsideDocument>().ProducesProblem(404);
        routes.MapPost("/api/v1/set-aside/replay", ReplayAsync).WithName("replaySetAside").WithTags("Hits")
            .WithSummary("Tries them again; those that pass are counted on their own day, once.")
            .WithDescription("In a cluster each process tries those of the partitions that it works off.")
            .Produces<ReplayDocument>().ProducesProblem(404);
    }

    async Task<IResult> GetAsync(string? site, int? limit, CancellationToken cancellation)
    {
        if (!TryFind(site, out var id))
            return new ProblemResult(Problem.UnknownSite(site!));
        var (hits, total, most) = (new List<SetAsideHit>(), 0L, Math.Clamp(limit ?? LimitDefault, 0, LimitMost));
        for (var partition = 0; partition < log.Partitions; partition++)
        {
            if (await warehouse.CountSetAsideAsync(partition, id, cancellation) is not (> 0 and var count))
                continue;
            total += count;
            if (hits.Count < most)
                hits.AddRange(await warehouse.SetAsideAsync(partition, id, (-1, 0), most - hits.Count, cancellation));
        }
        return Results.Ok(new SetAsideDocument(total, [.. hits.Select(hit => SetAsideEntry.Of(hit, sites))]));
    }

    async Task<IResult> ReplayAsync(string? site, CancellationToken cancellation)
    {
        if (!TryFind(site, out var id))
            return new ProblemResult(Problem.UnknownSite(site!));
        var (own, elsewhere) = (processors.Partitions, 0L);
        var done = await processors.ReplaySetAsideAsync(id, cancellation);
        foreach (var partition in Enumerable.Range(0, log.Partitions).Except(own))
            elsewhere += await warehouse.CountSetAsideAsync(partition, id, cancellation);
        return Results.Ok(new ReplayDocument(done.Passed, done.Failed, elsewhere));
    }

    bool TryFind(string? name, out int? id)
    {
        id = name is null ? null : sites.Find(name)?.Id;
        return name is null || id is not null;
    }
}
