using Footfall.Core.Reports;
using Microsoft.AspNetCore.Mvc;

namespace Footfall.Server.Report;

/// <summary>A refusal by RFC 9457. Field, limit and nearest are the first problem's; errors holds all.</summary>
public sealed class ReportProblemDetails : ProblemDetails
{
    public const string ContentType = "application/problem+json";

    /// <summary>The field of the request that is wrong.</summary>
    public string? Field { get; init; }

    /// <summary>The limit that was passed.</summary>
    public int? Limit { get; init; }

    /// <summary>Known names that resemble an unknown one.</summary>
    public IReadOnlyList<string>? Nearest { get; init; }

    /// <summary>All that is wrong.</summary>
    public IReadOnlyList<ReportProblem>? Errors { get; init; }

    public static IResult BadRequest(IReadOnlyList<ReportProblem> problems) => Result(new ReportProblemDetails
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The report cannot be answered.",
        Detail = problems[0].Message,
        Field = problems[0].Field,
        Limit = problems[0].Limit,
        Nearest = problems[0].Nearest,
        Errors = problems,
    });

    public static IResult UnknownSite(string name) => Result(new ReportProblemDetails
    {
        Status = StatusCodes.Status404NotFound,
        Title = "There is no such site.",
        Detail = $"No site has the id or the domain {name}.",
        Field = "site",
    });

    public static IResult TooLarge(int bytes) => Result(new ReportProblemDetails
    {
        Status = StatusCodes.Status413PayloadTooLarge,
        Title = "The request is too large.",
        Limit = bytes,
    });

    public static IResult TooSlow(ReportTimeoutException late) => Result(new ReportProblemDetails
    {
        Status = StatusCodes.Status504GatewayTimeout,
        Title = "The report took too long.",
        Detail = late.Message,
        Limit = (int)late.Limit.TotalSeconds,
    });

    static IResult Result(ReportProblemDetails details) =>
        Results.Json(details, ReportServerJson.Default.ReportProblemDetails, ContentType, details.Status);
}
