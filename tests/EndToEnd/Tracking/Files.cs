using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Footfall.EndToEnd.Tracking;

public sealed class Files(SharedServer shared)
{
    [Theory]
    [InlineData("footfall.js")]
    [InlineData("footfall.outbound.js")]
    [InlineData("footfall.downloads.js")]
    [InlineData("footfall.forms.js")]
    [InlineData("footfall.errors.js")]
    [InlineData("footfall.tagged.js")]
    [InlineData("footfall.vitals.js")]
    public async Task A_file_is_the_same_however_it_is_packed(string file)
    {
        var plain = await TextAsync(file, "identity", stream => stream);
        Assert.Equal(plain, await TextAsync(file, "gzip", stream => new GZipStream(stream, CompressionMode.Decompress)));
        Assert.Equal(plain, await TextAsync(file, "br", stream => new BrotliStream(stream, CompressionMode.Decompress)));
    }

    [Fact]
    public async Task The_core_is_as_small_as_it_promises()
    {
        using var answer = await AskAsync("footfall.js", "gzip");
        Assert.InRange(answer.Content.Headers.ContentLength!.Value, 1, 1_200);
    }

    [Fact]
    public async Task A_browser_keeps_it_for_a_day_and_then_asks_whether_it_has_changed()
    {
        using var first = await AskAsync("footfall.js", "br");
        Assert.Equal(TimeSpan.FromDays(1), first.Headers.CacheControl!.MaxAge);
        Assert.True(first.Headers.CacheControl.Public);
        Assert.Equal("*", first.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("text/javascript", first.Content.Headers.ContentType!.MediaType);
        using var again = await AskAsync("footfall.js", "br", first.Headers.ETag);
        Assert.Equal((HttpStatusCode.NotModified, first.Headers.ETag), (again.StatusCode, again.Headers.ETag));
        using var other = await AskAsync("footfall.js", "gzip", first.Headers.ETag);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        using var head = await shared.Visitor.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/js/footfall.js"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_told_apart_from_those_that_are()
    {
        using var answer = await AskAsync("footfall.everything.js", "br");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("footfall.outbound.js", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    async Task<string> TextAsync(string file, string encoding, Func<Stream, Stream> unpack)
    {
        using var answer = await AskAsync(file, encoding);
        Assert.Equal(encoding == "identity" ? [] : [encoding], answer.Content.Headers.ContentEncoding);
        using var text = new StreamReader(unpack(await answer.Content.ReadAsStreamAsync()), Encoding.UTF8);
        return await text.ReadToEndAsync();
    }

    Task<HttpResponseMessage> AskAsync(string file, string encoding, EntityTagHeaderValue? known = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/js/" + file);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known);
        return shared.Visitor.SendAsync(request);
    }
}
