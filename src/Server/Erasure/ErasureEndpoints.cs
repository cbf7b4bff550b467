using Footfall.Core.Sites;
using Footfall.Server.Archive;

namespace Footfall.Server.Erasure;

/// <summary>Asking for something to be forgotten, and the receipts.</summary>
sealed class ErasureEndpoints(Erasures erasures, SiteDirectory sites)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/v1/erasures", Ask).WithName("forget")
            .WithSummary("Erases everything about a visitor, a user or a site that was received before the call, from reports, archive and log.")
            .Produces<ErasureDocument>(202).ProducesProblem(400).ProducesProblem(404);
        routes.MapGet("/api/v1/erasures", () => new ErasureList(erasures.All(), erasures.PublicKey)).WithName("listErasures")
            .WithSummary("Every erasure with its signed receipt, newest first.").Produces<ErasureList>();
        routes.MapGet("/api/v1/erasures/{id}", Get).WithName("getErasure").WithSummary("How far an erasure is; once it is done, its receipt.")
            .Produces<ErasureDocument>().ProducesProblem(404);
    }

    IResult Ask(ErasureRequest request)
    {
        if (request.Site is null)
            return new ProblemResult(new Problem(400, "A site is missing", "name the site, and the visitor or the user if not all of it is meant", Field: "site"));
        if (new HitQuestion(request.Site, request.Visitor, request.User).Filter(sites, out var problem) is not { Site: { } site } filter)
            return new ProblemResult(problem!);
        var intent = erasures.Ask(site, sites.ById(site)?.Domains[0] ?? request.Site, filter.Visitor is { } visitor ? HitLine.VisitorOf(visitor) : null, removesSite: false);
        erasures.Wake();
        var document = new ErasureDocument(intent.Id, "waiting", intent.RequestedAt, intent.Site, intent.SiteName, intent.Visitor, null, null, null, null);
        return Results.Accepted($"/api/v1/erasures/{intent.Id}", document);
    }

    IResult Get(string id) => erasures.All().FirstOrDefault(document => document.Id == id) is { } found
        ? Results.Ok(found)
        : new ProblemResult(new Problem(404, "Unknown erasure", $"no erasure is called {id}", Field: "id"));
}
