using System.Net.Mime;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Accounts;
using Footfall.Server.Admin;
using Footfall.Server.Background;

namespace Footfall.Server.Collect;

/// <summary>The routes that browsers, apps and servers send events to.</summary>
sealed class CollectEndpoints(Collector collector, KeyRing keys, RateLimits limits, IntakePressure pressure, FootfallMeters meters, RequestDurations durations)
{
    const string EventsRoute = "/api/v1/events";
    const string PixelRoute = "/p.gif";

    static readonly byte[] AcceptedOne = "{\"accepted\":1}"u8.ToArray();

    /// <summary>A transparent GIF of one pixel.</summary>
    static readonly byte[] Pixel = Convert.FromBase64String("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(EventsRoute, (Delegate)EventsAsync).DisableHttpMetrics()
            .WithName("sendEvents").WithSummary("Accepts events; answers 202 only when they are durable.")
            .Accepts<EventDocument>(MediaTypeNames.Application.Json, "application/x-ndjson", MediaTypeNames.Text.Plain, "*/*")
            .Produces<AcceptedDocument>(StatusCodes.Status202Accepted)
            .ProducesProblem(400).ProducesProblem(401).ProducesProblem(403).ProducesProblem(404).ProducesProblem(413).ProducesProblem(415).ProducesProblem(429).ProducesProblem(503);
        routes.MapGet(PixelRoute, (Delegate)PixelAsync).DisableHttpMetrics()
            .WithName("sendPixel").WithSummary("Accepts one event from query parameters, for clients that can only load an image.")
            .Produces(StatusCodes.Status200OK, contentType: MediaTypeNames.Image.Gif)
            .ProducesProblem(400).ProducesProblem(404).ProducesProblem(429).ProducesProblem(503);
        routes.MapMethods(EventsRoute, [HttpMethods.Options], PreflightAsync).ExcludeFromDescription();
        routes.MapMethods(PixelRoute, [HttpMethods.Options], PreflightAsync).ExcludeFromDescription();
    }

    Task EventsAsync(HttpContext context) => ServeAsync(context, EventsRoute, DecodeBodyAsync, AnswerAcceptedAsync);

    Task PixelAsync(HttpContext context) => ServeAsync(context, PixelRoute, DecodeQueryAsync, AnswerPixelAsync);

    /// <summary>Decodes the events, accepts them, makes them durable, and only then answers; failures that a client can act on are problems.</summary>
    /// <param name="decode">Adds the request's events to the list, or returns what the client is to be told.</param>
    async Task ServeAsync(HttpContext context, string route, Func<HttpContext, List<NativeEvent>, ValueTask<Problem?>> decode, Func<HttpContext, int, Task> answer)
    {
        var begin = RequestDurations.Begin();
        AllowOrigin(context);
        try
        {
            var events = new List<NativeEvent>();
            HitBatch? batch = null;
            if ((await decode(context, events) ?? Accept(context, events, out batch)) is { } refusal)
            {
                await refusal.WriteAsync(context);
                return;
            }
            // Not cut short when the client leaves: it takes seconds at most, and what was accepted is worth keeping.
            var given = pressure.Now;
            await collector.StoreAsync(batch!, RequestIds.Of(context.Request), CancellationToken.None);
            pressure.Waited(given);
            meters.Accepted(events.Count);
            await answer(context, events.Count);
        }
        catch (HitLogUnavailableException unavailable)
        {
            await new Problem(503, "Events cannot be made durable now", unavailable.Message, RetryAfter: 2).WriteAsync(context);
        }
        catch (BadHttpRequestException bad)
        {
            await new Problem(bad.StatusCode, "The request cannot be read", bad.Message).WriteAsync(context);
        }
        finally
        {
            durations.Answered(route, context.Request.Method, context.Response.StatusCode, begin);
        }
    }

    static ValueTask<Problem?> DecodeBodyAsync(HttpContext context, List<NativeEvent> events) =>
        RequestBody.TryRead(context.Request, out var body) ? new(Split(context, body, events)) : DecodeBodyInTimeAsync(context, events);

    static async ValueTask<Problem?> DecodeBodyInTimeAsync(HttpContext context, List<NativeEvent> events) =>
        await RequestBody.ReadAsync(context.Request) is { } body
            ? Split(context, body, events)
            : new Problem(413, "The body is too large", $"at most {HitLimits.BodyBytes} bytes after decompression", Limit: HitLimits.BodyBytes);

    static Problem? Split(HttpContext context, ReadOnlyMemory<byte> body, List<NativeEvent> events) =>
        NativeDecoder.Split(body, events) is { } error ? Refused(context, error) : null;

    static ValueTask<Problem?> DecodeQueryAsync(HttpContext context, List<NativeEvent> events)
    {
        var query = context.Request.Query.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.ToString()));
        if (!context.Request.Query.ContainsKey("url") && context.Request.Headers.Referer is [{ Length: > 0 } page])
            query = query.Append(KeyValuePair.Create("url", page));
        return new(NativeDecoder.Split(PixelQuery.ToJson(query), events) is { } error ? Refused(context, error) : null);
    }

    /// <summary>What stands between decoded events and the log: the rate limits, the site, the checks of the collector.</summary>
    /// <returns>What the client is to be told, or null with the batch to store.</returns>
    Problem? Accept(HttpContext context, List<NativeEvent> events, out HitBatch? batch)
    {
        batch = null;
        var secret = Access.BearerOf(context.Request);
        var caller = secret is null ? null : keys.CallerOf(secret);
        if (secret is not null && caller?.Scopes.HasFlag(ApiScopes.Import) is not true)
            return NotTrusted(caller);
        var sender = SenderOf(context, caller);
        var wait = sender.Trusted ? 0 : limits.TakeForAddress(sender.Address, events.Count);
        var verdict = wait > 0 ? new Verdict(null, wait) : collector.Accept(events, SiteOf(context.Request), sender, out batch);
        if (verdict.Error is { } error)
            return Refused(context, error);
        return verdict.RetryAfterSeconds > 0
            ? new Problem(429, "Too many events", "the rate limit of this address or site is passed; send again later", RetryAfter: verdict.RetryAfterSeconds)
            : null;
    }

    static string? SiteOf(HttpRequest request) => request.QueryString.HasValue ? (string?)request.Query["site"] : null;

    static Problem Refused(HttpContext context, HitError error) => new(
        error.UnknownSite ? 404 : 400,
        error.UnknownSite ? "Unknown site" : "The event is not valid",
        error.Field.Length > 0 ? $"{error.Field} {error.Detail}" : error.Detail,
        error.Index >= 0 && !HttpMethods.IsGet(context.Request.Method) ? error.Index : null,
        error.Field.Length > 0 ? error.Field : null,
        error.Limit);

    /// <summary>Taking the events all the same would put an import's history on today, as coming from nobody's browser.</summary>
    static Problem NotTrusted(Caller? caller) => caller is null
        ? new Problem(401, "The key is not known", "send events with a key of this server, or with none")
        : new Problem(403, "The key may not do this", "it needs the scope events:write");

    static Sender SenderOf(HttpContext context, Caller? caller)
    {
        var headers = context.Request.Headers;
        var language = headers.AcceptLanguage.ToString();
        return new Sender(
            context.Connection.RemoteIpAddress,
            headers.UserAgent.ToString(),
            language.Length > HitLimits.Language ? language[..HitLimits.Language] : language,
            headers["DNT"] == "1" || headers["Sec-GPC"] == "1",
            caller is not null,
            caller?.Account ?? 0,
            RequestIds.Of(context.Request));
    }

    static async Task AnswerAcceptedAsync(HttpContext context, int events)
    {
        var response = context.Response;
        var body = events == 1
            ? AcceptedOne
            : System.Text.Encoding.UTF8.GetBytes(FormattableString.Invariant($"{{\"accepted\":{events}}}"));
        response.StatusCode = StatusCodes.Status202Accepted;
        response.ContentType = MediaTypeNames.Application.Json;
        response.ContentLength = body.Length;
        await response.BodyWriter.WriteAsync(body);
    }

    static async Task AnswerPixelAsync(HttpContext context, int events)
    {
        context.Response.ContentType = MediaTypeNames.Image.Gif;
        context.Response.ContentLength = Pixel.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(Pixel, context.RequestAborted);
    }

    static Task PreflightAsync(HttpContext context)
    {
        AllowOrigin(context);
        var asked = context.Request.Headers.AccessControlRequestHeaders;
        if (asked.Count > 0)
            context.Response.Headers.AccessControlAllowHeaders = asked;
        context.Response.Headers.AccessControlAllowMethods = "GET, POST, OPTIONS";
        context.Response.Headers.AccessControlMaxAge = "86400";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    /// <summary>Any page may send events, with credentials: what is sent says nothing that a page could read back.</summary>
    static void AllowOrigin(HttpContext context)
    {
        var origin = context.Request.Headers.Origin;
        if (origin.Count == 0)
            return;
        context.Response.Headers.AccessControlAllowOrigin = origin;
        context.Response.Headers.AccessControlAllowCredentials = "true";
        context.Response.Headers.Vary = "Origin";
    }
}
