using System.Text.Json;
using System.Text.Json.Serialization;

namespace Footfall.Server;

/// <summary>An RFC 9457 problem, with the members of ours that say where it lies.</summary>
/// <param name="Index">Place of the event in the request, from 0.</param>
/// <param name="RetryAfter">Seconds after which the client may try again; sent as the header.</param>
sealed record Problem(
    int Status, string Title, string? Detail = null, int? Index = null, string? Field = null, long? Limit = null, [property: JsonIgnore] int? RetryAfter = null)
{
    /// <summary>Names the kind of problem for programs, where the status does not suffice; relative to the server.</summary>
    [JsonPropertyOrder(-1)]
    public string? Type { get; init; }

    /// <summary>There is no such site, or none that the caller reaches: the two are told alike.</summary>
    public static Problem UnknownSite(string name) => new(404, "Unknown site", $"no site is called {name}", Field: "site");

    public async Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } seconds)
            context.Response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        context.Response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(context.Response.Body, this, ProblemJson.Default.Problem, context.RequestAborted);
    }
}
