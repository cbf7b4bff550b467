using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Footfall.Server.Erasure;

namespace Footfall.Server.Admin;

/// <summary>Making, listing, changing and deleting sites. Every change is in the catalog and in the directory when it is answered.</summary>
sealed class SiteEndpoints(ICatalog catalog, SiteDirectory directory, Erasures erasures)
{
    readonly Lock _changing = new();

    public void Map(IEndpointRouteBuilder routes)
    {
        var read = routes.MapGroup("").WithMetadata(Need.Reading);
        var admin = routes.MapGroup("").WithMetadata(Need.Of(Role.Admin, ApiScopes.Admin));
        var owner = routes.MapGroup("").WithMetadata(Need.Of(Role.Owner, ApiScopes.Admin));
        read.MapGet("/api/v1/sites", List).WithName("listSites").WithSummary("Lists sites, optionally those whose domain contains a text.");
        read.MapGet("/api/v1/sites/{site}", Get).WithName("getSite").WithSummary("One site, by id or domain.")
            .Produces<SiteDocument>().ProducesProblem(404);
        admin.MapPost("/api/v1/sites", Add).WithName("addSite").WithSummary("Makes a site.")
            .Produces<SiteDocument>(201).ProducesProblem(400).ProducesProblem(409);
        admin.MapPatch("/api/v1/sites/{site}", Change).WithName("changeSite").WithSummary("Changes what is given; settings are replaced as a whole.")
            .Produces<SiteDocument>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        owner.MapDelete("/api/v1/sites/{site}", Remove).WithName("removeSite").WithSummary("Deletes a site: it accepts no more events, answers no more reports, and its hits are erased.")
            .Produces(204).ProducesProblem(404);
    }

    SitesDocument List(HttpContext context, string? search = null, int limit = 100, int offset = 0)
    {
        var caller = Caller.Of(context);
        var found = directory.All
            .Where(caller.Owns)
            .Where(site => search is null || site.Domains.Any(domain => domain.Contains(search, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        var page = found.Skip(Math.Max(0, offset)).Take(Math.Clamp(limit, 0, 10_000)).Select(SiteDocument.Of).ToList();
        return new SitesDocument(page, found.Count);
    }

    IResult Get(string site) => directory.Find(site) is { } found ? Results.Ok(SiteDocument.Of(found)) : Unknown(site);

    IResult Add(SiteRequest request, HttpContext context)
    {
        var (wanted, problem) = SiteRules.Apply(request, before: null);
        return wanted is null
            ? new ProblemResult(problem!)
            : Changing(() =>
            {
                var added = catalog.AddSite(wanted.Domains, wanted.TimeZone, wanted.Currency, wanted.Settings, Caller.Of(context).Account);
                directory.Put(added);
                return Results.Created($"/api/v1/sites/{added.Id}", SiteDocument.Of(added));
            });
    }

    IResult Change(string site, SiteRequest request) => Changing(() =>
    {
        if (directory.Find(site) is not { } before)
            return Unknown(site);
        var (wanted, problem) = SiteRules.Apply(request, before);
        if (wanted is null)
            return new ProblemResult(problem!);
        catalog.UpdateSite(wanted);
        directory.Put(wanted);
        return Results.Ok(SiteDocument.Of(wanted));
    });

    IResult Remove(string site) => Changing(() =>
    {
        if (directory.Find(site) is not { } found)
            return Unknown(site);
        // Promised before it is done, so that no crash leaves a site's hits behind that nobody can ask for any more.
        erasures.Ask(found.Id, found.Domains[0], visitor: null, removesSite: true);
        catalog.RemoveSite(found.Id);
        directory.Remove(found);
        erasures.Wake();
        return Results.NoContent();
    });

    /// <summary>One change at a time, and the directory follows the catalog before the answer leaves.</summary>
    IResult Changing(Func<IResult> change)
    {
        lock (_changing)
        {
            try
            {
                return change();
            }
            catch (CatalogConflictException conflict)
            {
                return new ProblemResult(new Problem(409, "The site cannot be saved", conflict.Message, Field: "domains"));
            }
        }
    }

    static ProblemResult Unknown(string site) => new(Problem.UnknownSite(site));
}
