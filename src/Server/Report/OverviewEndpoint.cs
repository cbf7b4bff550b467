using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Server.Report;

/// <summary>How all sites did in the last 24 hours. All of them are counted at once and remembered, so that paging and searching cost nothing.</summary>
sealed class OverviewEndpoint(SiteDirectory directory, LatestTraffic traffic)
{
    const int PageMost = 1000;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/overview", GetAsync).WithName("getOverview").WithTags("Reports")
            .WithSummary("Every site with its visitors of the last 24 hours, a page at a time.")
            .WithDescription("order is visitors (most first) or name; search is a part of a domain.")
            .Produces<OverviewDocument>().ProducesProblem(400).ProducesProblem(504);

    async Task<IResult> GetAsync(
        CancellationToken cancellation, string? search = null, string order = "visitors", int offset = 0, int limit = 100)
    {
        if (order is not ("visitors" or "name"))
            return new ProblemResult(new Problem(400, "The request is not valid", "order must be visitors or name", Field: "order"));
        try
        {
            var latest = await traffic.GetAsync(cancellation);
            var found = directory.All
                .Where(site => search is null || site.Domains.Any(domain => domain.Contains(search, StringComparison.OrdinalIgnoreCase)))
                .ToList();
            var ordered = order == "name"
                ? found.OrderBy(site => site.Domain, StringComparer.Ordinal)
                : found.OrderByDescending(site => latest.Of(site.Id)?.Visitors ?? 0).ThenBy(site => site.Domain, StringComparer.Ordinal);
            var page = ordered.Skip(Math.Max(0, offset)).Take(Math.Clamp(limit, 0, PageMost)).Select(site => OverviewSite.Of(site, latest.Of(site.Id)));
            return Results.Ok(new OverviewDocument([.. page], found.Count, latest.CountedAt));
        }
        catch (ReportTimeoutException late)
        {
            return ReportProblemDetails.TooSlow(late);
        }
    }
}
