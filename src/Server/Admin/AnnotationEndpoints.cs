using System.Globalization;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>Notes on a site's days.</summary>
sealed class AnnotationEndpoints(ICatalog catalog, SiteDirectory directory)
{
    const int TextMax = 500;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sites/{site}/annotations").WithTags("Annotations");
        group.MapGet("", List).WithName("listAnnotations").WithSummary("What is noted of the site's days, by day.")
            .Produces<AnnotationsDocument>().ProducesProblem(404).WithMetadata(Need.Reading);
        group.MapPost("", Add).WithName("addAnnotation").WithSummary("Notes something of a day.")
            .Produces<AnnotationDocument>(201).ProducesProblem(400).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor, ApiScopes.Admin));
        group.MapPatch("/{id:int}", Change).WithName("changeAnnotation").WithSummary("Changes what is given.")
            .Produces<AnnotationDocument>().ProducesProblem(400).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor, ApiScopes.Admin));
        group.MapDelete("/{id:int}", Remove).WithName("removeAnnotation").WithSummary("Deletes a note.")
            .Produces(204).ProducesProblem(404).WithMetadata(Need.Of(Role.Editor, ApiScopes.Admin));
    }

    AnnotationsDocument List(string site) => new([.. catalog.Annotations(IdOf(site)).Select(AnnotationDocument.Of)]);

    IResult Add(string site, AnnotationRequest request)
    {
        var problem = Check(request.Date, request.Text, out var date, out var text);
        return problem is null
            ? Results.Json(AnnotationDocument.Of(catalog.AddAnnotation(IdOf(site), date, text)), statusCode: StatusCodes.Status201Created)
            : problem;
    }

    IResult Change(string site, int id, AnnotationRequest request)
    {
        if (catalog.Annotations(IdOf(site)).FirstOrDefault(annotation => annotation.Id == id) is not { } before)
            return Unknown(id);
        if (Check(request.Date ?? AnnotationDocument.Of(before).Date, request.Text ?? before.Text, out var date, out var text) is { } problem)
            return problem;
        var changed = before with { Date = date, Text = text };
        return catalog.UpdateAnnotation(changed) ? Results.Ok(AnnotationDocument.Of(changed)) : Unknown(id);
    }

    IResult Remove(string site, int id) => catalog.RemoveAnnotation(IdOf(site), id) ? Results.NoContent() : Unknown(id);

    /// <summary>A site that is deleted meanwhile has no annotations.</summary>
    int IdOf(string site) => directory.Find(site)?.Id ?? 0;

    static ProblemResult? Check(string? day, string? given, out DateOnly date, out string text)
    {
        text = given?.Trim() ?? "";
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out date))
            return Wrong("date", "must be a day such as 2026-01-31");
        return text.Length is > 0 and <= TextMax ? null : Wrong("text", $"must have 1 to {TextMax} characters");
    }

    static ProblemResult Wrong(string field, string detail) => new(new Problem(400, "The annotation is not valid", $"{field} {detail}", Field: field));

    static ProblemResult Unknown(int id) => new(new Problem(404, "Unknown annotation", $"the site has no annotation {id}"));
}
