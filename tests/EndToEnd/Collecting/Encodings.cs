using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Footfall.EndToEnd.Collecting;

public sealed class Encodings(SharedServer shared)
{
    const int BombBytes = 64 * 1024 * 1024;

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    [InlineData("identity")]
    public async Task A_compressed_body_counts_like_a_plain_one(string encoding)
    {
        var site = await shared.NewSiteAsync();
        var events = Enumerable.Range(0, 100).Select(number => Sent.PageView(site, number));
        using var answer = await PostAsync(Compress(encoding, Encoding.UTF8.GetBytes(FootfallApi.ToJson(events))), encoding);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(100, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accepted").GetInt32());
        Sent.AssertExactlyOnce(await Sent.CountedAsync(shared.Api, site), [.. Enumerable.Range(0, 100)]);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_small_body_that_unpacks_to_a_huge_one_is_too_large(string encoding)
    {
        var bomb = new byte[BombBytes];
        bomb.AsSpan().Fill((byte)' ');
        var packed = Compress(encoding, bomb);
        Assert.InRange(packed.Length, 1, 512 * 1024);
        using var answer = await PostAsync(packed, encoding);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await shared.Visitor.GetAsync("/readyz")).StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    [InlineData("zstd")]
    public async Task A_body_that_is_not_what_it_says_is_a_bad_request(string encoding)
    {
        using var answer = await PostAsync("this is not compressed at all"u8.ToArray(), encoding);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_encoding_is_unsupported()
    {
        using var answer = await PostAsync("{}"u8.ToArray(), "lzma");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    Task<HttpResponseMessage> PostAsync(byte[] body, string encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add(encoding);
        return shared.Visitor.PostAsync("/api/v1/events", content);
    }

    static byte[] Compress(string encoding, byte[] plain)
    {
        using var target = new MemoryStream();
        Stream packer = encoding switch
        {
            "gzip" => new GZipStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "br" => new BrotliStream(target, CompressionLevel.Fastest, leaveOpen: true),
            "deflate" => new ZLibStream(target, CompressionLevel.Optimal, leaveOpen: true),
            "zstd" => new ZstdSharp.CompressionStream(target, leaveOpen: true),
            _ => new BufferedStream(target),
        };
        packer.Write(plain);
        packer.Flush();
        if (packer is not BufferedStream)
            packer.Dispose();
        return target.ToArray();
    }
}
