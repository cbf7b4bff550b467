using System.Collections.Frozen;
using Microsoft.Net.Http.Headers;

namespace Footfall.Server.Collect;

/// <summary>The tracker's files, from memory. Pages of any origin load them; a browser asks again after a day, and in the week after that only beside using what it has.</summary>
sealed class TrackerEndpoints
{
    const string Folder = "js/";

    readonly FrozenDictionary<string, TrackerFile> _files = typeof(TrackerEndpoints).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".js", StringComparison.Ordinal))
        .ToFrozenDictionary(name => name[Folder.Length..], name => new TrackerFile(name), StringComparer.Ordinal);

    public void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/js/{file}", [HttpMethods.Get, HttpMethods.Head], SendAsync).ExcludeFromDescription().DisableHttpMetrics();

    async Task SendAsync(HttpContext context, string file)
    {
        if (!_files.TryGetValue(file, out var found))
        {
            await new Problem(404, "There is no such file", $"the tracker's files are {string.Join(", ", _files.Keys.Order(StringComparer.Ordinal))}").WriteAsync(context);
            return;
        }
        var accepted = context.Request.GetTypedHeaders().AcceptEncoding;
        var (encoding, bytes, tag) = found.For(name => accepted.Any(one => one.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0));
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.Vary = HeaderNames.AcceptEncoding;
        headers.CacheControl = "public, max-age=86400, stale-while-revalidate=604800";
        headers.AccessControlAllowOrigin = "*";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers.XContentTypeOptions = "nosniff";
        if (context.Request.Headers.IfNoneMatch.Any(known => known?.Contains(tag, StringComparison.Ordinal) is true))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = "text/javascript; charset=utf-8";
        context.Response.ContentLength = bytes.Length;
        if (encoding.Length > 0)
            headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
