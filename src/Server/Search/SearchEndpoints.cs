using Footfall.Core.Accounts;
using Footfall.Core.Search;
using Footfall.Core.Sites;
using Footfall.Server.Admin;

namespace Footfall.Server.Search;

/// <summary>Raw hits of a site, searched and watched, with what processing made of each.</summary>
sealed class SearchEndpoints(HitInspector inspector, SiteDirectory directory)
{
    /// <summary>What is not sealed yet is read whole, and that may be much.</summary>
    static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(30);

    /// <summary>They say more of a person than reports do: addresses, agents, ids.</summary>
    public static Need Need { get; } = Need.Of(Role.Admin, ApiScopes.Admin);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/sites/{site}/hits", SearchAsync).WithName("searchHits").WithTags("Hits")
            .WithSummary("Raw hits of a site, newest first, with what processing made of each.")
            .WithDescription("path may hold *; text is beginnings of words; outcome is as in the ledger, or pending, or absent; before is next of the page before.")
            .Produces<HitsDocument>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
        routes.MapGet("/api/v1/sites/{site}/hits/tail", TailAsync).WithName("tailHits").WithTags("Hits")
            .WithSummary("The raw hits of a site that came since a position, oldest first, each at least once.")
            .WithDescription("Without since it begins now, with a position and no hits. The outcome of a hit may still be pending.")
            .Produces<HitTailDocument>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(503);
    }

    async Task<IResult> SearchAsync(string site, [AsParameters] SearchQuestion question, CancellationToken cancellation, string? before = null)
    {
        if (question.Query(site, directory, out var problem) is not { } query)
            return new ProblemResult(problem!);
        if (before is not null && HitPlace.TryParse(before) is null)
            return Wrong("before", "must be next of an answer");
        return await AnswerAsync(async limited =>
        {
            var page = await inspector.SearchAsync(query with { Before = before is null ? null : HitPlace.TryParse(before) }, question.Outcome, limited);
            return new HitsDocument([.. page.Hits.Select(HitDocument.Of)], page.Next?.ToString());
        }, cancellation);
    }

    async Task<IResult> TailAsync(string site, [AsParameters] SearchQuestion question, CancellationToken cancellation, string? since = null)
    {
        if (question.Query(site, directory, out var problem) is not { } query)
            return new ProblemResult(problem!);
        try
        {
            return await AnswerAsync(async limited =>
            {
                var (hits, position) = await inspector.TailAsync(query, since, limited);
                return new HitTailDocument([.. hits.Where(hit => question.Outcome is null || hit.Outcome == question.Outcome).Select(HitDocument.Of)], position);
            }, cancellation);
        }
        catch (FormatException)
        {
            return Wrong("since", "must be position of an answer");
        }
    }

    static async Task<IResult> AnswerAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeLimit);
        try
        {
            return Results.Ok(await ask(limit.Token));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new ProblemResult(new Problem(503, "The search took too long", $"more than {TimeLimit.TotalSeconds} s; ask for a shorter time", RetryAfter: 5));
        }
        catch (HitSearchUnavailableException unavailable)
        {
            return new ProblemResult(new Problem(503, "Raw hits cannot be searched now", unavailable.Message, RetryAfter: 5));
        }
    }

    static ProblemResult Wrong(string field, string detail) => new(new Problem(400, "The request is not valid", $"{field} {detail}", Field: field));
}
