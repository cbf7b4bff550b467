using Footfall.Core.Accounts;
using Footfall.Core.Enrichment;
using Footfall.Core.Pipeline;
using Footfall.Core.Rebuild;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Footfall.Server.Admin;

namespace Footfall.Server.Rebuild;

/// <summary>Making history anew. An owner reaches the account's sites; who runs the server, all of them.</summary>
sealed class RebuildEndpoints(Rebuilds rebuilds, SiteDirectory sites, IWarehouse warehouse, EnrichmentRules rules)
{
    const int MoversDefault = 100;

    public static readonly Need Need = Need.Of(Role.Owner);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/v1/rebuilds", GetAllAsync).WithName("getRebuilds")
            .WithSummary("The rebuild there is, what makes new numbers, and what made those there are.").Produces<RebuildsDocument>();
        routes.MapPost("/api/v1/rebuilds", StartAsync).WithName("startRebuild")
            .WithSummary("Makes days and sites anew from the raw hits, beside the live numbers. A rebuild that is done with makes room for it.")
            .Produces<RebuildDocument>(202).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409);
        routes.MapGet("/api/v1/rebuilds/{id}", Get).WithName("getRebuild").WithSummary("How far a rebuild is.")
            .Produces<RebuildDocument>().ProducesProblem(404);
        routes.MapGet("/api/v1/rebuilds/{id}/difference", GetDifference).WithName("getRebuildDifference")
            .WithSummary("What a rebuild changes, biggest movers first.").Produces<DifferenceDocument>().ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/api/v1/rebuilds/{id}/switch", (string id, HttpContext context, CancellationToken stop) => WantAsync(id, RebuildSide.After, context, stop))
            .WithName("switchRebuild").WithSummary("Has the new version go live, all at once. The old one is kept.")
            .Produces<RebuildDocument>(202).ProducesProblem(404).ProducesProblem(409);
        routes.MapPost("/api/v1/rebuilds/{id}/rollback", (string id, HttpContext context, CancellationToken stop) => WantAsync(id, RebuildSide.Before, context, stop))
            .WithName("rollBackRebuild").WithSummary("Brings the old version back, with what came in since.")
            .Produces<RebuildDocument>(202).ProducesProblem(404).ProducesProblem(409);
        routes.MapDelete("/api/v1/rebuilds/{id}", DropAsync).WithName("dropRebuild")
            .WithSummary("Drops a rebuild, also one that is at work, with the version that is not live. There is no way back to it.")
            .Produces(204).ProducesProblem(404).ProducesProblem(409);
    }

    async Task<RebuildsDocument> GetAllAsync(HttpContext context, CancellationToken cancellation)
    {
        var (caller, current) = (Caller.Of(context), DefinitionVersion.Of(rules));
        var made = (await warehouse.DefinitionsAsync(cancellation)).Where(one => Reaches(caller, one.Site)).GroupBy(one => one.Version)
            .Select(group => new MadeByDocument(group.Key, group.Key == current, group.Count(), group.Min(one => one.From), group.Max(one => one.To)))
            .OrderByDescending(one => one.Current).ThenBy(one => one.Version, StringComparer.Ordinal);
        return new RebuildsDocument(current, [.. made], rebuilds.State is { } state && Reaches(caller, state) ? Describe(state) : null);
    }

    async Task<IResult> StartAsync(RebuildRequest request, HttpContext context, CancellationToken cancellation)
    {
        var caller = Caller.Of(context);
        if (request.From > request.To)
            return Refused(400, "The days are the wrong way round", "the last day is before the first", "to");
        if (request is { DryRun: true, Switch: true })
            return Refused(400, "A dry run switches nothing", "ask for one or the other", "switch");
        var named = new List<int>();
        foreach (var name in request.Sites ?? [])
        {
            if (sites.Find(name) is not { } site || !Reaches(caller, site.Id))
                return new ProblemResult(Problem.UnknownSite(name));
            named.Add(site.Id);
        }
        var wanted = named.Count > 0 ? named : sites.All.All(caller.Owns) ? null : sites.All.Where(caller.Owns).Select(site => site.Id).ToList();
        if (rebuilds.Unavailable is { } reason)
            return Refused(409, "Nothing can be rebuilt here", reason, null);
        if (rebuilds.State is { IsAtWork: true })
            return Refused(409, "A rebuild is at work", "wait for it, or cancel it", null);
        var state = await rebuilds.StartAsync(wanted is null ? null : [.. wanted.Distinct().Order()], request.From, request.To, request.DryRun, request.Switch, cancellation);
        return Results.Accepted($"/api/v1/rebuilds/{state.Id}", Describe(state));
    }

    IResult Get(string id, HttpContext context) => Find(id, context) is { } state ? Results.Ok(Describe(state)) : Unknown(id);

    IResult GetDifference(string id, HttpContext context, int? limit)
    {
        if (Find(id, context) is not { } state)
            return Unknown(id);
        if (state.Phase < RebuildPhase.Ready || rebuilds.Difference is not { } difference)
            return Refused(409, "The difference is not known yet", "the rebuild is still at work", null);
        return Results.Ok(new DifferenceDocument(
            difference.Position.ToString(), difference.DefinitionBefore, difference.DefinitionAfter, difference.Sites, difference.Numbers, difference.Moved,
            [.. difference.Movers.Take(Math.Clamp(limit ?? MoversDefault, 0, RebuildDifference.MoversMax))]));
    }

    async Task<IResult> WantAsync(string id, RebuildSide side, HttpContext context, CancellationToken cancellation)
    {
        if (Find(id, context) is not { } state)
            return Unknown(id);
        if (state.IsAtWork)
            return Refused(409, "The rebuild is at work", "wait until it is done with what it does", null);
        if (state.Phase == RebuildPhase.Compared)
            return Refused(409, "It was a dry run", "it kept nothing that could go live; start a rebuild without dry_run", null);
        if (state.Phase == (side == RebuildSide.After ? RebuildPhase.Switched : RebuildPhase.RolledBack) || (side == RebuildSide.Before && state.Phase == RebuildPhase.Ready))
            return Refused(409, "That version is live", $"the version {NameOf(side)} is live already", null);
        return await rebuilds.WantAsync(side, cancellation) is { } next ? Results.Accepted($"/api/v1/rebuilds/{id}", Describe(next)) : Unknown(id);
    }

    async Task<IResult> DropAsync(string id, HttpContext context, CancellationToken cancellation)
    {
        if (Find(id, context) is not { } state)
            return Unknown(id);
        if (state.Wanted is not null)
            return Refused(409, "A version is going live", "wait until it is", null);
        await rebuilds.DropAsync(cancellation);
        return Results.NoContent();
    }

    RebuildState? Find(string id, HttpContext context) => rebuilds.State is { } state && state.Id == id && Reaches(Caller.Of(context), state) ? state : null;

    bool Reaches(Caller caller, int site) => ReferenceEquals(caller, Caller.Operator) || sites.ById(site) is { } known && caller.Owns(known);

    /// <summary>A rebuild of everybody's history is for whoever has all the sites there are.</summary>
    bool Reaches(Caller caller, RebuildState state) =>
        ReferenceEquals(caller, Caller.Operator) || (state.Sites?.All(site => Reaches(caller, site)) ?? sites.All.All(caller.Owns));

    RebuildDocument Describe(RebuildState state) => new(
        state.Id,
        state.Phase == RebuildPhase.RolledBack ? "rolled_back" : state.Phase.ToString().ToLowerInvariant(),
        state.IsAtWork,
        NameOf(rebuilds.Live),
        state.Sites is { } ids ? [.. ids.Select(id => sites.ById(id)?.Domain ?? "(deleted)")] : null,
        state.From, state.To, state.DryRun, state.RequestedAt, state.Definition,
        rebuilds.Problem,
        rebuilds.Progress is { } progress ? Describe(progress) : null,
        state.Remainder);

    static RebuildProgressDocument Describe(RebuildProgress progress)
    {
        var all = Math.Max(1, progress.End.Offset - progress.Start.Offset);
        var share = Math.Clamp((double)(progress.Position.Offset - progress.Start.Offset) / all, 0, 1);
        double? left = progress.Seconds > 0 && progress.Hits > 0 && progress.First.Offset < progress.Position.Offset
            ? progress.Seconds * (progress.End.Offset - progress.Position.Offset) / (progress.Position.Offset - progress.First.Offset)
            : null;
        return new RebuildProgressDocument(share, progress.Hits, progress.Seconds > 0 ? progress.Hits / progress.Seconds : 0, left);
    }

    static string NameOf(RebuildSide side) => side == RebuildSide.After ? "after" : "before";

    static ProblemResult Unknown(string id) => Refused(404, "Unknown rebuild", $"no rebuild is called {id}", "id");

    static ProblemResult Refused(int status, string title, string detail, string? field) => new(new Problem(status, title, detail, Field: field));
}
