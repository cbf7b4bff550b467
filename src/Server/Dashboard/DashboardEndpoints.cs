using System.Collections.Frozen;

namespace Footfall.Server.Dashboard;

/// <summary>
/// The dashboard's files. Each of its own addresses answers with the one page, which then shows what the address says; files whose names carry
/// their hash are kept by browsers for good. What is not an address of the dashboard stays what it is: the API never answers with a page.
/// </summary>
sealed class DashboardEndpoints
{
    const string Folder = "dashboard/";

    /// <summary>Nothing but the server's own files runs or is asked, whatever a page title or a referrer of a visitor may say.</summary>
    const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; ";

    static readonly string[] Pages =
        ["/", "/sites/{**rest}", "/add-site", "/account/{**rest}", "/sign-in", "/signup", "/enter", "/invitation", "/share/{**rest}"];

    static readonly FrozenDictionary<string, string> MediaTypes = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    readonly FrozenDictionary<string, PackedFile> _files = typeof(DashboardEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && MediaTypes.ContainsKey(Path.GetExtension(name)))
        .ToFrozenDictionary(name => name[Folder.Length..], name => new PackedFile(name, MediaTypes[Path.GetExtension(name)]), StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes)
    {
        foreach (var page in Pages)
            Get(routes, page, context => SendPageAsync(context, "'none'"));
        // Anyone may show what an embed token opens: whoever has the token may see it, and the page takes nothing but looks.
        Get(routes, "/embed/{**rest}", context => SendPageAsync(context, "*"));
        Get(routes, "/assets/{file}", SendAssetAsync);
        Get(routes, "/favicon.svg", context =>
        {
            context.Response.Headers.CacheControl = "public, max-age=86400";
            return _files["favicon.svg"].SendAsync(context);
        });
    }

    static void Get(IEndpointRouteBuilder routes, string address, RequestDelegate send) =>
        routes.MapMethods(address, [HttpMethods.Get, HttpMethods.Head], send).ExcludeFromDescription().DisableHttpMetrics();

    Task SendPageAsync(HttpContext context, string frames)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy + "frame-ancestors " + frames;
        headers.CacheControl = "no-cache";
        // Addresses of shared links hold their secret.
        headers["Referrer-Policy"] = "no-referrer";
        return _files["index.html"].SendAsync(context);
    }

    Task SendAssetAsync(HttpContext context)
    {
        if (!_files.TryGetValue("assets/" + context.GetRouteValue("file"), out var found))
            return new Problem(404, "There is no such file", "the dashboard may have been renewed since its page was opened; load the page again").WriteAsync(context);
        context.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        return found.SendAsync(context);
    }
}
