using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Footfall.Server.People;
using Footfall.Server.Share;

namespace Footfall.Server.Admin;

/// <summary>
/// The one place where it is decided who may do what. Runs before a route reads anything of the request, so that a stranger is told that a key is
/// missing and not what is wrong with the body. What a route needs is its <see cref="Need"/>.
/// </summary>
public sealed class Access(KeyRing keys, SignIns signIns, Views views, SiteDirectory directory)
{
    /// <summary>Fails unless every route says what it needs.</summary>
    public static void Check(IEndpointRouteBuilder routes)
    {
        var silent = routes.DataSources.SelectMany(source => source.Endpoints).FirstOrDefault(endpoint => endpoint.Metadata.GetMetadata<Need>() is null);
        if (silent is not null)
            throw new InvalidOperationException($"The route {silent.DisplayName} does not say what it needs of its caller; give it a Need");
    }

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var need = context.GetEndpoint()?.Metadata.GetMetadata<Need>() ?? Need.Nothing;
        return need.Kind == NeedKind.Nothing ? next(context) : DecideAsync(context, need, next);
    }

    /// <summary>Whether a request that was let through still would be: an answer that goes on for hours asks now and then.</summary>
    public bool IsStillAllowed(HttpContext context) => Refuse(context, context.GetEndpoint()!.Metadata.GetMetadata<Need>()!, CallerOf(context)) is null;

    Task DecideAsync(HttpContext context, Need need, RequestDelegate next)
    {
        SetHeaders(context.Response.Headers);
        var caller = CallerOf(context);
        var problem = need.Kind == NeedKind.Anybody
            ? RequestForgery.Check(context.Request)
            : Refuse(context, need, caller);
        if (problem is { Status: 401 })
            context.Response.Headers.WWWAuthenticate = "Bearer";
        if (problem is not null)
            return problem.WriteAsync(context);
        if (caller is not null)
            context.Features.Set(caller);
        return UnreadableRequest.ServeAsync(context, next);
    }

    Caller? CallerOf(HttpContext context) =>
        BearerOf(context.Request) is { } bearer ? keys.CallerOf(bearer) ?? views.CallerOf(bearer) : signIns.Find(context);

    Problem? Refuse(HttpContext context, Need need, Caller? caller)
    {
        if (caller is null)
            return new Problem(401, "A key is needed", "sign in, or send the header Authorization: Bearer KEY");
        if (caller.Session is { } session && RequestForgery.Check(context.Request, signIns.TokenOf(session)) is { } forged)
            return forged;
        if (!caller.Meets(need))
            return new Problem(403, caller.Person is null ? "The key may not do this" : "Your role may not do this", Missing(need, caller));
        return context.GetRouteValue("site") is string name && (directory.Find(name) is not { } site || !caller.Reaches(site))
            ? Problem.UnknownSite(name)
            : null;
    }

    static string Missing(Need need, Caller caller) => need.Kind switch
    {
        NeedKind.Person => "it is for people who are signed in",
        NeedKind.Operator => "it is for who runs the server",
        _ when caller.View is not null => "what is shared are the reports of one site, as they were shared",
        _ when caller.Person is not null => $"it needs the role {need.Role.ToString().ToLowerInvariant()}",
        _ when need.Scope == ApiScopes.None => "it is for people who are signed in",
        _ => $"it needs the scope {ScopeNames.Of(need.Scope)[0]}",
    };

    /// <summary>The key or token of a request; null when it has none, as trackers do. Whatever else stands in the header was meant for somebody else.</summary>
    public static string? BearerOf(HttpRequest request) =>
        request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : null;

    /// <summary>An answer of the API is no page, is shown in none, and is kept by nobody.</summary>
    static void SetHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers.CacheControl = "no-store";
        headers["Referrer-Policy"] = "no-referrer";
    }
}
