using Footfall.Core.Sites;

namespace Footfall.Server.Admin;

/// <summary>Lets through only requests whose key has a scope.</summary>
sealed class Access(KeyRing keys, ApiScopes needed) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var scopes = keys.ScopesOf(context.HttpContext.Request);
        if (scopes.HasFlag(needed))
            return await next(context);
        if (scopes != ApiScopes.None)
            return new ProblemResult(new Problem(403, "The key may not do this", $"it needs the scope {needed.ToString().ToLowerInvariant()}"));
        context.HttpContext.Response.Headers.WWWAuthenticate = "Bearer";
        return new ProblemResult(new Problem(401, "A key is needed", "send the header Authorization: Bearer KEY"));
    }
}
