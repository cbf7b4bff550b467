using Footfall.Core.Sites;
using Footfall.Server.Admin;
using Footfall.Server.People;

namespace Footfall.Server.Share;

/// <summary>What who was given a link or an embed token asks before any report.</summary>
sealed class SharedEndpoints(SiteDirectory directory, Views views, Passwords passwords, Attempts attempts)
{
    static readonly TimeSpan UnlockedFor = TimeSpan.FromHours(12);

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/shared/{token}").WithTags("Sharing").WithMetadata(Need.Anybody);
        group.MapGet("", Get).WithName("getShared").WithSummary("What a shared link or an embed token shows.")
            .Produces<SharedDocument>().ProducesProblem(404);
        group.MapPost("/unlock", UnlockAsync).WithName("unlockShared").WithSummary("Gives a token for 12 hours to who knows the link's password.")
            .Produces<UnlockedDocument>().ProducesProblem(401).ProducesProblem(404).ProducesProblem(429);
    }

    IResult Get(string token)
    {
        var (site, name, filters, locked) = views.Link(token) is { } link ? (link.Site, link.Name, link.Filters, link.Password is not null)
            : views.Claim(token) is { } claim ? (claim.Site, "", claim.Filters, false)
            : (0, "", "", false);
        return directory.ById(site) is { } found
            ? Results.Ok(new SharedDocument(SharedSite.Of(found), name, locked, Views.FiltersOf(filters)))
            : Gone();
    }

    async Task<IResult> UnlockAsync(string token, PasswordRequest request, HttpContext context)
    {
        if (views.Link(token) is not { } link)
            return Gone();
        var name = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"link {link.Id}");
        if (attempts.Begin(context, name) is { } wait)
            return new ProblemResult(wait);
        if (link.Password is not null && !await passwords.VerifyAsync(request.Password ?? "", link.Password))
            return new ProblemResult(new Problem(401, "The password is wrong", Field: "password") { Type = "/problems/wrong-credentials" });
        attempts.Good(context, name);
        return Results.Ok(new UnlockedDocument(views.Sign(link.Site, link.Filters, UnlockedFor, link.Id)));
    }

    static ProblemResult Gone() => new(new Problem(404, "This link does not work any more", "it may have been taken back, or have expired"));
}
