using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Footfall.Server;

/// <summary>A file that the build has put into the program, plain and as it compressed it. It is sent from memory, with an entity tag.</summary>
sealed class PackedFile
{
    static readonly string[] SmallestFirst = ["br", "gzip"];

    readonly Dictionary<string, (byte[] Bytes, string Tag)> _encodings = new(StringComparer.Ordinal);
    readonly string _mediaType;

    public PackedFile(string resource, string mediaType)
    {
        _mediaType = mediaType;
        Add("", resource);
        Add("gzip", resource + ".gz");
        Add("br", resource + ".br");
    }

    /// <summary>Sends the smallest form that the client takes, or nothing but 304 when it has that already. What else the headers say is the caller's.</summary>
    public async Task SendAsync(HttpContext context)
    {
        var (encoding, bytes, tag) = For(context.Request.GetTypedHeaders().AcceptEncoding);
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.XContentTypeOptions = "nosniff";
        if (_encodings.Count > 1)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.Any(known => known?.Contains(tag, StringComparison.Ordinal) is true))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        context.Response.ContentType = _mediaType;
        context.Response.ContentLength = bytes.Length;
        if (encoding.Length > 0)
            headers.ContentEncoding = encoding;
        if (!HttpMethods.IsHead(context.Request.Method))
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }

    (string Encoding, byte[] Bytes, string Tag) For(IList<StringWithQualityHeaderValue> accepted)
    {
        var encoding = SmallestFirst.FirstOrDefault(
            name => _encodings.ContainsKey(name) && accepted.Any(one => one.Value.Equals(name, StringComparison.OrdinalIgnoreCase) && one.Quality is not 0), "");
        var (bytes, tag) = _encodings[encoding];
        return (encoding, bytes, tag);
    }

    void Add(string encoding, string resource)
    {
        using var stream = typeof(PackedFile).Assembly.GetManifestResourceStream(resource);
        if (stream is null)
            return;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        var content = bytes.ToArray();
        _encodings.Add(encoding, (content, $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 12))}\""));
    }
}
