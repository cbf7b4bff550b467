using System.Text.Json;

namespace Footfall.Server.Admin;

/// <summary>Says what is wrong with a body that cannot be taken for what the route asks for, where the framework would answer nothing.</summary>
static class UnreadableRequest
{
    public static async Task ServeAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (BadHttpRequestException bad) when (!context.Response.HasStarted)
        {
            var json = bad.InnerException as JsonException;
            var field = json?.Path?.TrimStart('$', '.');
            await new Problem(
                bad.StatusCode,
                "The request cannot be read",
                json is null ? bad.Message : $"it is no JSON of the form the API describes, from line {json.LineNumber + 1} on",
                Field: field is { Length: > 0 } ? field : null).WriteAsync(context);
        }
    }
}
