using Footfall.Core.Accounts;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Server.Admin;
using Footfall.Server.People;

namespace Footfall.Server.Share;

/// <summary>Making and taking back what shows a site to others: shared links and embed tokens.</summary>
sealed class LinkEndpoints(IGrants grants, SiteDirectory directory, Views views, Passwords passwords)
{
    const int DefaultSeconds = 3600;
    const int LongestSeconds = 366 * 24 * 3600;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sites/{site}").WithTags("Sharing");
        group.MapGet("/links", List).WithName("listLinks").WithSummary("The site's shared links.")
            .Produces<LinksDocument>().ProducesProblem(404).WithMetadata(Need.Of(Role.Editor));
        group.MapPost("/links", AddAsync).WithName("addLink").WithSummary("Makes a link that shows the site's reports to whoever has it.")
            .Produces<LinkDocument>(201).ProducesProblem(400).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor));
        group.MapDelete("/links/{id:int}", Remove).WithName("removeLink").WithSummary("Takes a link back, at once.")
            .Produces(204).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor));
        group.MapPost("/embed-tokens", Sign).WithName("makeEmbedToken").WithSummary("Makes a token that shows the site's reports inside another page until it expires.")
            .Produces<EmbedDocument>(201).ProducesProblem(400).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor, ApiScopes.Admin));
    }

    LinksDocument List(string site) => new([.. grants.Links(IdOf(site)).Select(LinkDocument.Of)]);

    async Task<IResult> AddAsync(string site, LinkRequest request)
    {
        var (name, password) = (request.Name, string.IsNullOrEmpty(request.Password) ? null : request.Password);
        if ((PersonRules.Name("name", ref name) ?? (password?.Length > 200 ? PersonRules.Wrong("password", "must have at most 200 characters", 200) : null)
            ?? Check(request.Filters)) is { } problem)
            return new ProblemResult(problem);
        var hash = password is null ? null : await passwords.HashAsync(password);
        // Deleted while the password was hashed.
        if (directory.Find(site) is not { } found)
            return new ProblemResult(Problem.UnknownSite(site));
        var link = grants.AddLink(found.Id, name, Views.NewLinkToken(), hash, Views.TextOf(request.Filters ?? []));
        return Results.Json(LinkDocument.Of(link), statusCode: StatusCodes.Status201Created);
    }

    IResult Remove(string site, int id) => grants.RemoveLink(IdOf(site), id)
        ? Results.NoContent()
        : new ProblemResult(new Problem(404, "Unknown link", $"the site has no link {id}"));

    IResult Sign(string site, EmbedRequest request)
    {
        var seconds = request.ExpiresInSeconds ?? DefaultSeconds;
        var problem = seconds is > 0 and <= LongestSeconds ? Check(request.Filters)
            : PersonRules.Wrong("expires_in_seconds", $"must be from 1 to {LongestSeconds}", LongestSeconds);
        if (problem is not null)
            return new ProblemResult(problem);
        var token = views.Sign(IdOf(site), Views.TextOf(request.Filters ?? []), TimeSpan.FromSeconds(seconds));
        return Results.Json(new EmbedDocument(token, "/embed/" + token), statusCode: StatusCodes.Status201Created);
    }

    int IdOf(string site) => directory.Find(site)?.Id ?? 0;

    static Problem? Check(IReadOnlyList<FilterRequest>? filters)
    {
        var problems = new List<ReportProblem>();
        new FilterParser(problems).Parse(filters ?? []);
        return problems.Count == 0 ? null : new Problem(400, "The filters are not valid", problems[0].Message, Field: problems[0].Field);
    }
}
