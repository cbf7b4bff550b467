using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>
/// Lets a request through to a route that needs a scope only when its key has it. Runs before the route reads anything of the request, so that
/// a stranger is told that a key is missing and not what is wrong with the body.
/// </summary>
sealed class Access(KeyRing keys)
{
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var needed = context.GetEndpoint()?.Metadata.GetMetadata<NeededScope>()?.Scope ?? ApiScopes.None;
        var scopes = needed == ApiScopes.None ? ApiScopes.None : keys.ScopesOf(context.Request);
        if (scopes.HasFlag(needed))
        {
            await next(context);
            return;
        }
        if (scopes != ApiScopes.None)
        {
            await new Problem(403, "The key may not do this", $"it needs the scope {needed.ToString().ToLowerInvariant()}").WriteAsync(context);
            return;
        }
        context.Response.Headers.WWWAuthenticate = "Bearer";
        await new Problem(401, "A key is needed", "send the header Authorization: Bearer KEY").WriteAsync(context);
    }
}
