using System.Text.Json;
using Footfall.Core.Accounts;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Server.Admin;
using Microsoft.AspNetCore.Mvc;

namespace Footfall.Server.Report;

/// <summary>Reports over HTTP. Who may see which site is decided before these routes; what a shared view leaves out is left out here.</summary>
public static class ReportEndpoints
{
    const int RequestBytesMax = 256 * 1024;

    /// <summary>What happens now cannot be narrowed by filters, so it is kept from who may see a part alone.</summary>
    internal static readonly Need LiveNeed = Need.Of(Role.Viewer, ApiScopes.Read, Sharing.Whole);

    static readonly Need ReportNeed = Need.Of(Role.Viewer, ApiScopes.Read, Sharing.Narrowed);

    /// <summary>Maps the routes, each with what it needs of its caller, and gives back their group.</summary>
    public static RouteGroupBuilder MapReports(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/v1/sites/{site}").WithTags("Reports");
        Describe(group.MapPost("/reports", PostAsync).WithName("PostReport").WithSummary("Answers a report.")
            .Accepts<ReportRequest>("application/json").WithMetadata(new RequestSizeLimitAttribute(RequestBytesMax)));
        Describe(group.MapGet("/reports", GetAsync).WithName("GetReport").WithSummary("Answers a report; the question stands in the address."));
        group.MapGet("/realtime", RealtimeAsync).WithName("GetRealtime").WithSummary("What happens on the site now.")
            .Produces<RealtimeAnswer>().WithMetadata(LiveNeed)
            .Produces<ReportProblemDetails>(StatusCodes.Status404NotFound, ReportProblemDetails.ContentType)
            .Produces<ReportProblemDetails>(StatusCodes.Status504GatewayTimeout, ReportProblemDetails.ContentType);
        return group;
    }

    static void Describe(RouteHandlerBuilder route) => route.WithMetadata(ReportNeed)
        .Produces<ReportDocument>(StatusCodes.Status200OK, "application/json", ReportCsv.ContentType)
        .Produces<ReportProblemDetails>(StatusCodes.Status400BadRequest, ReportProblemDetails.ContentType)
        .Produces<ReportProblemDetails>(StatusCodes.Status404NotFound, ReportProblemDetails.ContentType)
        .Produces<ReportProblemDetails>(StatusCodes.Status413PayloadTooLarge, ReportProblemDetails.ContentType)
        .Produces<ReportProblemDetails>(StatusCodes.Status504GatewayTimeout, ReportProblemDetails.ContentType);

    static async Task<IResult> PostAsync(
        string site, HttpContext context, SiteDirectory sites, IReportEngine engine, TimeProvider time)
    {
        try
        {
            var request = await JsonSerializer.DeserializeAsync(context.Request.Body, ReportJson.Default.ReportRequest, context.RequestAborted);
            return await AnswerAsync(request ?? new ReportRequest(), [], site, context, sites, engine, time);
        }
        catch (JsonException wrong)
        {
            return ReportProblemDetails.BadRequest([new ReportProblem(wrong.Path ?? "$", "It is not the JSON of a report: " + wrong.Message)]);
        }
        catch (BadHttpRequestException large) when (large.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return ReportProblemDetails.TooLarge(RequestBytesMax);
        }
    }

    static Task<IResult> GetAsync(string site, HttpContext context, SiteDirectory sites, IReportEngine engine, TimeProvider time)
    {
        var problems = new List<ReportProblem>();
        var pairs = context.Request.Query.SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value ?? "")));
        return AnswerAsync(ReportForm.Read(pairs, problems), problems, site, context, sites, engine, time);
    }

    static async Task<IResult> AnswerAsync(
        ReportRequest request, List<ReportProblem> problems, string name, HttpContext context, SiteDirectory sites, IReportEngine engine, TimeProvider time)
    {
        if (sites.Find(name) is not { } site)
            return ReportProblemDetails.UnknownSite(name);
        var parsed = ReportRequestParser.Parse(Narrowed(request, context), site, time.GetUtcNow());
        var format = context.Request.Query["format"].LastOrDefault() ?? (WantsCsv(context.Request) ? "csv" : "json");
        problems.AddRange(parsed.Problems);
        if (format is not ("csv" or "json"))
            problems.Add(new ReportProblem("format", "There is no such format.", Nearest: ["csv", "json"]));
        if (parsed.Query is not { } query || problems.Count > 0)
            return ReportProblemDetails.BadRequest(problems);
        try
        {
            // Asked before the engine: what is complete by then is in its answer.
            var complete = context.RequestServices.GetService<Processors>()?.CompleteUntil;
            var answer = await engine.RunAsync(query, context.RequestAborted);
            answer = answer with { CompleteUntil = complete ?? answer.CompleteUntil };
            return format == "csv"
                ? Results.Text(ReportCsv.Write(answer), ReportCsv.ContentType + "; charset=utf-8")
                : Results.Json(ReportDocument.Of(answer), ReportJson.Default.ReportDocument);
        }
        catch (ReportTimeoutException late)
        {
            return ReportProblemDetails.TooSlow(late);
        }
    }

    static async Task<IResult> RealtimeAsync(string site, HttpContext context, SiteDirectory sites, IReportEngine engine, TimeProvider time)
    {
        if (sites.Find(site) is not { } found)
            return ReportProblemDetails.UnknownSite(site);
        try
        {
            return Results.Json(await engine.RealtimeAsync(found, time.GetUtcNow(), context.RequestAborted), ReportJson.Default.RealtimeAnswer);
        }
        catch (ReportTimeoutException late)
        {
            return ReportProblemDetails.TooSlow(late);
        }
    }

    /// <summary>The request with the filters that a shared view puts around whatever is asked.</summary>
    static ReportRequest Narrowed(ReportRequest request, HttpContext context) =>
        context.Features.Get<Caller>()?.View is { Filters: { Count: > 0 } always } ? request with { Filters = [.. request.Filters ?? [], .. always] } : request;

    static bool WantsCsv(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept.OrderByDescending(type => type.Quality ?? 1)
            .Select(type => type.MediaType.Value)
            .FirstOrDefault(type => type is ReportCsv.ContentType or "application/json" or "*/*");
        return accepted == ReportCsv.ContentType;
    }
}
