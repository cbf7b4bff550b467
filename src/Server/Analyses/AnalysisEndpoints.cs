using Footfall.Core.Accounts;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Server.Admin;
using Footfall.Server.Settings;

namespace Footfall.Server.Analyses;

/// <summary>What the scheduled analysis did. It reads everybody's sites at once: who has not all of them is told when it ran, and not how much came in.</summary>
/// <param name="book">Null where there is none.</param>
sealed class AnalysisEndpoints(FootfallSettings settings, SiteDirectory sites, IAnalysisBook? book = null)
{
    const int RunsMost = 100;

    public static readonly Need Need = Need.Of(Role.Owner);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/analysis", GetAsync).WithName("getAnalysis").WithTags("Operating")
            .WithSummary("The newest runs of the scheduled analysis of a shared warehouse: what they read, how long they took and what an event cost.")
            .Produces<AnalysisDocument>().ProducesProblem(404).ProducesProblem(503);

    async Task<IResult> GetAsync(HttpContext context, CancellationToken cancellation)
    {
        if (book is null)
            return new ProblemResult(new Problem(404, "There is no scheduled analysis", "this server has its warehouse to itself and rolls up as events come in; see the settings warehouse_folder and database"));
        var runs = (await book.RunsAsync(RunsMost, cancellation)).Select(AnalysisRunEntry.Of);
        var caller = Caller.Of(context);
        var hasAll = ReferenceEquals(caller, Caller.Operator) || sites.All.All(caller.Owns);
        return Results.Ok(new AnalysisDocument(settings.AnalysisMinutes, [.. hasAll ? runs : runs.Select(run => run.WithoutOthers())]));
    }
}
