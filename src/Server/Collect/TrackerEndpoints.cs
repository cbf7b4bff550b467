using System.Collections.Frozen;

namespace Footfall.Server.Collect;

/// <summary>The tracker's files, from memory. Pages of any origin load them; a browser asks again after a day, and in the week after that only beside using what it has.</summary>
sealed class TrackerEndpoints
{
    const string Folder = "js/";

    readonly FrozenDictionary<string, PackedFile> _files = typeof(TrackerEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], name => new PackedFile(name, "text/javascript; charset=utf-8"), StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/js/{file}", [HttpMethods.Get, HttpMethods.Head], SendAsync).ExcludeFromDescription().DisableHttpMetrics();

    async Task SendAsync(HttpContext context, string file)
    {
        if (!_files.TryGetValue(file, out var found))
        {
            await new Problem(404, "There is no such file", $"the tracker's files are {string.Join(", ", _files.Keys.Order(StringComparer.Ordinal))}").WriteAsync(context);
            return;
        }
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=86400, stale-while-revalidate=604800";
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        await found.SendAsync(context);
    }
}
