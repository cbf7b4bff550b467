using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Footfall.Core.Hits;

namespace Footfall.Server.Collect;

/// <summary>Reads a request's body whole, decompressed, and no further than the limit. A client that leaves ends the reading by itself.</summary>
static class RequestBody
{
    /// <summary>Succeeds where there is nothing to wait for: a plain body that came with its headers, as nearly all do.</summary>
    public static bool TryRead(HttpRequest request, out ReadOnlyMemory<byte> body)
    {
        body = default;
        if (request.ContentLength is null or > HitLimits.BodyBytes || request.Headers.ContentEncoding.Count > 0 || !request.BodyReader.TryRead(out var read))
            return false;
        if (!read.IsCompleted)
        {
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            return false;
        }
        body = Take(request.BodyReader, read);
        return true;
    }

    /// <returns>The body, or null when it is larger than the limit.</returns>
    /// <exception cref="BadHttpRequestException">The encoding is unknown (415), or the compressed data are damaged (400).</exception>
    public static async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > HitLimits.BodyBytes)
            return null;
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding == "identity")
            return await ReadPlainAsync(request);
        await using var plain = Decompress(encoding, request.Body);
        try
        {
            return await ReadStreamAsync(plain);
        }
        catch (Exception damaged) when (damaged is InvalidDataException or InvalidOperationException or ZstdSharp.ZstdException or EndOfStreamException)
        {
            throw new BadHttpRequestException($"the body is not valid {encoding}", StatusCodes.Status400BadRequest, damaged);
        }
    }

    static async ValueTask<ReadOnlyMemory<byte>?> ReadPlainAsync(HttpRequest request)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync();
            if (read.Buffer.Length > HitLimits.BodyBytes)
                return null;
            if (read.IsCompleted)
                return Take(request.BodyReader, read);
            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Copied so that the connection's buffers go back at once; the events keep slices of the copy until they are durable.</summary>
    static byte[] Take(PipeReader reader, ReadResult read)
    {
        var body = read.Buffer.ToArray();
        reader.AdvanceTo(read.Buffer.End);
        return body;
    }

    static async ValueTask<ReadOnlyMemory<byte>?> ReadStreamAsync(Stream plain)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            var read = await plain.ReadAsync(body.GetMemory(16 * 1024));
            if (read == 0)
                return body.WrittenMemory;
            body.Advance(read);
            if (body.WrittenCount > HitLimits.BodyBytes)
                return null;
        }
    }

    static Stream Decompress(string encoding, Stream body) => encoding switch
    {
        "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
        "br" => new BrotliStream(body, CompressionMode.Decompress),
        "deflate" => new ZLibStream(body, CompressionMode.Decompress),
        "zstd" => new ZstdSharp.DecompressionStream(body),
        _ => throw new BadHttpRequestException(
            "the Content-Encoding must be gzip, br, deflate or zstd", StatusCodes.Status415UnsupportedMediaType),
    };
}
