using System.Buffers;
using System.Text;
using System.Text.Json;
using Footfall.Core.Hits.AccessLogs;

namespace Footfall.Tests.Hits.AccessLogs;

public sealed class ImportRulesTests
{
    static readonly ImportRules Rules = new(["shop.example", "other.example"]);

    static AccessLogEntry Entry(string target, int status = 200, string method = "GET", string host = "") => new()
    {
        Address = "10.0.0.1"u8.ToArray(),
        Method = Encoding.UTF8.GetBytes(method),
        Target = Encoding.UTF8.GetBytes(target),
        Host = Encoding.UTF8.GetBytes(host),
        Status = status,
        Time = 1431857103000,
    };

    [Theory]
    [InlineData("/", ImportVerdict.PageView)]
    [InlineData("/blog/geekery/xvfb-firefox.html?a=b", ImportVerdict.PageView)]
    [InlineData("/release/1.2", ImportVerdict.PageView)]
    [InlineData("/files/manual.PDF", ImportVerdict.Download)]
    [InlineData("/files/a.tar.gz?x=1", ImportVerdict.Download)]
    [InlineData("/style2.css?v=3", ImportVerdict.Asset)]
    [InlineData("/images/web/2009/banner.png", ImportVerdict.Asset)]
    [InlineData("/image.png/", ImportVerdict.PageView)]
    [InlineData("/?show=a.png", ImportVerdict.PageView)]
    [InlineData("/feed/", ImportVerdict.Feed)]
    [InlineData("/index.xml", ImportVerdict.Feed)]
    [InlineData("/blog/tags/puppet?a=1&flav=rss20", ImportVerdict.Feed)]
    [InlineData("/blog/tags/puppet?flavour=rss20", ImportVerdict.PageView)]
    [InlineData("/robots.txt", ImportVerdict.Housekeeping)]
    [InlineData("/sitemap.xml", ImportVerdict.Housekeeping)]
    [InlineData("/apple-touch-icon-152x152.png", ImportVerdict.Housekeeping)]
    [InlineData("*", ImportVerdict.NoPath)]
    [InlineData("", ImportVerdict.NoPath)]
    public void The_path_decides_what_an_answered_request_is(string target, ImportVerdict verdict) =>
        Assert.Equal(verdict, Rules.Judge(Entry(target)));

    [Theory]
    [InlineData(200, ImportVerdict.PageView)]
    [InlineData(203, ImportVerdict.PageView)]
    [InlineData(304, ImportVerdict.PageView)]
    [InlineData(206, ImportVerdict.Partial)]
    [InlineData(301, ImportVerdict.Redirect)]
    [InlineData(404, ImportVerdict.Error)]
    [InlineData(503, ImportVerdict.Error)]
    [InlineData(0, ImportVerdict.Error)]
    public void Only_answered_requests_count(int status, ImportVerdict verdict) => Assert.Equal(verdict, Rules.Judge(Entry("/", status)));

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("get")]
    public void Only_GET_counts(string method) => Assert.Equal(ImportVerdict.OtherMethod, Rules.Judge(Entry("/", method: method)));

    [Theory]
    [InlineData("/", "www.shop.example", ImportVerdict.PageView)]
    [InlineData("/", "OTHER.example", ImportVerdict.PageView)]
    [InlineData("/", "notshop.example", ImportVerdict.OtherHost)]
    [InlineData("http://evil.example/", "shop.example", ImportVerdict.OtherHost)]
    [InlineData("https://shop.example:8443", "", ImportVerdict.PageView)]
    public void Other_hosts_of_the_same_log_are_left_out(string target, string host, ImportVerdict verdict) =>
        Assert.Equal(verdict, Rules.Judge(Entry(target, host: host)));

    [Theory]
    [InlineData("/a?b=c", "", "https://shop.example/a?b=c")]
    [InlineData("/a", "www.shop.example", "https://www.shop.example/a")]
    [InlineData("http://shop.example:80/a?b", "", "https://shop.example/a?b")]
    public void The_event_has_the_whole_address(string target, string host, string url)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new ImportedEventWriter("shop.example");

        writer.Write(output, Entry(target, host: host), "pageview", 255);

        using var document = JsonDocument.Parse(output.WrittenMemory);
        Assert.Equal(
            ["site", "name", "url", "time", "address", "event_id"], document.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal(url, document.RootElement.GetProperty("url").GetString());
        Assert.Equal("000000000000000000000000000000ff", document.RootElement.GetProperty("event_id").GetString());
    }

    [Fact]
    public void Identical_lines_get_different_ids_and_a_second_reading_gives_the_same_ones()
    {
        byte[][] lines = ["a"u8.ToArray(), "b"u8.ToArray(), "a"u8.ToArray(), "a"u8.ToArray()];
        var first = new LineIdentity();
        var second = new LineIdentity();

        var ids = lines.Select(line => first.Next(line)).ToArray();

        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(ids, lines.Select(line => second.Next(line)));
    }

    [Fact]
    public void Lines_are_forgotten_after_two_generations()
    {
        var identity = new LineIdentity(generationLines: 2);
        var first = identity.Next("a"u8);

        var second = identity.Next("a"u8);
        foreach (var line in (string[])["b", "c", "d", "e", "f"])
            identity.Next(Encoding.UTF8.GetBytes(line));

        Assert.NotEqual(first, second);
        Assert.Equal(first, identity.Next("a"u8));
    }

    [Fact]
    public void A_native_line_gets_the_site_and_an_id_only_where_it_has_none()
    {
        Assert.Equal("""{"site":"shop.example","event_id":"00000000000000000000000000000007","name":"x"}""", Native("""{"name":"x"}"""));
        Assert.Equal("""{"site":"s","event_id":"1"}""", Native(""" {"site":"s","event_id":"1"}"""));

        static string Native(string line)
        {
            var output = new ArrayBufferWriter<byte>();
            var bytes = Encoding.UTF8.GetBytes(line);
            NativeEventLine.Read(bytes).Write(output, bytes, "shop.example", 7);
            return Encoding.UTF8.GetString(output.WrittenSpan).TrimEnd('\n');
        }
    }

    [Theory]
    [InlineData("""{"name":"x"} {"name":"y"}""")]
    [InlineData("""{"name":"x"}}""")]
    [InlineData("{}")]
    [InlineData("7")]
    [InlineData("""{"name":""")]
    public void A_native_line_that_is_not_one_object_is_refused(string line) => Assert.NotNull(NativeEventLine.Read(Encoding.UTF8.GetBytes(line)).Problem);
}
