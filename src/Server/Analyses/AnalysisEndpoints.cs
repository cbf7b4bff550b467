using Footfall.Core.Rollups;
using Footfall.Server.Settings;

namespace Footfall.Server.Analyses;

/// <summary>What the scheduled analysis did.</summary>
/// <param name="book">Null where there is none.</param>
sealed class AnalysisEndpoints(FootfallSettings settings, IAnalysisBook? book = null)
{
    const int RunsMost = 100;

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/v1/analysis", GetAsync).WithName("getAnalysis").WithTags("Operating")
            .WithSummary("The newest runs of the scheduled analysis of a shared warehouse: what they read, how long they took and what an event cost.")
            .Produces<AnalysisDocument>().ProducesProblem(404).ProducesProblem(503);

    async Task<IResult> GetAsync(CancellationToken cancellation)
    {
        if (book is null)
            return new ProblemResult(new Problem(404, "There is no scheduled analysis", "this server has its warehouse to itself and rolls up as events come in; see the settings warehouse_folder and database"));
        return Results.Ok(new AnalysisDocument(settings.AnalysisMinutes, [.. (await book.RunsAsync(RunsMost, cancellation)).Select(AnalysisRunEntry.Of)]));
    }
}
