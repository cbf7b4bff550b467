using System.Text;
using Footfall.Core.Hits.AccessLogs;

namespace Footfall.Tests.Hits.AccessLogs;

public sealed class AccessLogParserTests
{
    const string Agent = "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0";

    sealed record Read(LineOutcome Outcome, string Address, string Method, string Target, string Query, string Host, string Referrer, string UserAgent, long Time, int Status, string? Problem);

    static Read Parse(IAccessLogParser parser, string line)
    {
        var outcome = parser.Parse(Encoding.Latin1.GetBytes(line), out var entry);
        return new Read(outcome, Text(entry.Address), Text(entry.Method), Text(entry.Target), Text(entry.Query), Text(entry.Host), Text(entry.Referrer),
            Text(entry.UserAgent), entry.Time, entry.Status, entry.Problem);
    }

    static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    static Read Combined(string line) => Parse(new CombinedLogParser(), line);

    [Fact]
    public void A_combined_line_gives_every_field()
    {
        var read = Combined($"83.149.9.216 - frank [17/May/2015:10:05:03 +0200] \"GET /a?b=c HTTP/1.1\" 200 203023 \"http://x.example/\" \"{Agent}\"");

        Assert.Equal(
            new Read(LineOutcome.Request, "83.149.9.216", "GET", "/a?b=c", "", "", "http://x.example/", Agent,
                new DateTimeOffset(2015, 5, 17, 8, 5, 3, TimeSpan.Zero).ToUnixTimeMilliseconds(), 200, null),
            read);
    }

    [Fact]
    public void A_common_line_has_no_referrer_and_no_agent()
    {
        var read = Combined("2001:db8::7 - - [29/Feb/2024:23:59:60 -0530] \"GET / HTTP/2.0\" 304 -");

        Assert.Equal((LineOutcome.Request, "2001:db8::7", "", "", 304), (read.Outcome, read.Address, read.Referrer, read.UserAgent, read.Status));
        Assert.Equal(new DateTimeOffset(2024, 3, 1, 5, 30, 0, TimeSpan.Zero).ToUnixTimeMilliseconds(), read.Time);
    }

    [Theory]
    [InlineData("shop.example:443 10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"A\"", "shop.example")]
    [InlineData("shop.example 10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"A\"", "shop.example")]
    [InlineData("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"A\" \"shop.example\" 0.003", "")]
    public void A_virtual_host_in_front_is_read_and_fields_at_the_end_are_read_over(string line, string host)
    {
        var read = Combined(line);

        Assert.Equal((LineOutcome.Request, "10.0.0.1", host, "A", ""), (read.Outcome, read.Address, read.Host, read.UserAgent, read.Referrer));
    }

    [Theory]
    [InlineData(@"say \""hi\"" \\ there", @"say ""hi"" \ there")]
    [InlineData(@"\xc3\xa4", "ä")]
    [InlineData(@"http://\xe4\xe5/", @"http://\xe4\xe5/")]
    [InlineData(@"ends with \x4", "ends with x4")]
    public void Escapes_are_undone_unless_the_result_is_no_text(string logged, string text)
    {
        var read = Combined($"10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"{logged}\" \"A\"");

        Assert.Equal((text, "A"), (read.Referrer, read.UserAgent));
    }

    [Fact]
    public void A_user_may_hold_blanks_and_brackets_and_a_path_may_hold_blanks()
    {
        var read = Combined("10.0.0.1 - a [b] c [17/May/2015:10:05:03 +0000] \"GET /a b.html HTTP/1.1\" 200 1");

        Assert.Equal((LineOutcome.Request, "/a b.html"), (read.Outcome, read.Target));
    }

    [Theory]
    [InlineData("hello world", "there is no time such as [17/May/2015:10:05:03 +0000]")]
    [InlineData("10.0.0.1 - - [31/Feb/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1", "there is no time such as [17/May/2015:10:05:03 +0000]")]
    [InlineData("proxy.local - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1", "it does not begin with the client's IP address")]
    [InlineData("10.0.0.1 - - [17/May/2015:10:05:03 +0000] GET / 200 1", "there is no request in quotes")]
    [InlineData("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\"", "there is no three-digit status after the request")]
    [InlineData("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1", "there is no request in quotes")]
    public void A_malformed_line_says_why(string line, string problem)
    {
        var read = Combined(line);

        Assert.Equal((LineOutcome.Malformed, problem), (read.Outcome, read.Problem));
    }

    [Fact]
    public void A_connection_without_a_request_is_a_request_line_without_a_path()
    {
        var read = Combined("10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"-\" 408 -");

        Assert.Equal((LineOutcome.Request, 408, ""), (read.Outcome, read.Status, read.Target));
    }

    [Fact]
    public void Caddys_line_gives_every_field()
    {
        const string Line = """
            {"level":"info","ts":1646861401.5241024,"logger":"http.log.access","msg":"handled request","request":{"remote_ip":"10.0.0.9","client_ip":"81.2.69.142","method":"GET","host":"shop.example:8443","uri":"/a?b=\u00e4","headers":{"User-Agent":["curl/7.82.0","x"],"Accept":["*/*"],"Referer":["https://x.example/"]}},"duration":0.0009,"status":200,"resp_headers":{"Server":["Caddy"]}}
            """;

        Assert.Equal(
            new Read(LineOutcome.Request, "81.2.69.142", "GET", "/a?b=ä", "", "shop.example", "https://x.example/", "curl/7.82.0", 1646861401524, 200, null),
            Parse(new CaddyLogParser(), Line));
    }

    [Theory]
    [InlineData("""{"level":"error","ts":1.5,"msg":"tls"}""", LineOutcome.Nothing)]
    [InlineData("""{"ts":"2022-03-09T21:30:01Z","request":{"remote_ip":"::1","method":"GET","uri":"/"},"status":200}""", LineOutcome.Request)]
    [InlineData("""{"ts":"yesterday","request":{"remote_ip":"::1"},"status":200}""", LineOutcome.Malformed)]
    [InlineData("""{"ts":1646861401,"request":{"method":"GET"},"status":200}""", LineOutcome.Malformed)]
    [InlineData("""{"ts":1646861401,"request":""", LineOutcome.Malformed)]
    [InlineData("[]", LineOutcome.Malformed)]
    public void Caddys_other_lines_are_told_apart(string line, LineOutcome outcome) =>
        Assert.Equal(outcome, Parse(new CaddyLogParser(), line).Outcome);

    [Fact]
    public void CloudFronts_line_is_read_by_its_header_and_decoded()
    {
        var parser = new CloudFrontLogParser();
        Parse(parser, "#Version: 1.0");
        Parse(parser, "#Fields: date time c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) cs(User-Agent) cs-uri-query x-host-header");

        var read = Parse(parser,
            "2019-12-04\t21:02:31\t192.0.2.100\tGET\td111.cloudfront.net\t/in%2520dex.html\t200\thttps://x.example/?q=%2525\tMozilla/5.0%2520(Windows%2520NT%252010.0)\ta=b\tshop.example");

        Assert.Equal(
            new Read(LineOutcome.Request, "192.0.2.100", "GET", "/in%20dex.html", "a=b", "shop.example", "https://x.example/?q=%25",
                "Mozilla/5.0 (Windows NT 10.0)", new DateTimeOffset(2019, 12, 4, 21, 2, 31, TimeSpan.Zero).ToUnixTimeMilliseconds(), 200, null),
            read);
    }

    [Fact]
    public void A_CloudFront_line_before_the_header_is_malformed() =>
        Assert.Equal(LineOutcome.Malformed, Parse(new CloudFrontLogParser(), "2019-12-04\t21:02:31\t192.0.2.100").Outcome);

    [Fact]
    public void The_format_is_found_out_from_the_lines()
    {
        Assert.Equal(AccessLogFormat.Combined, Detect("rubbish", "10.0.0.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1"));
        Assert.Equal(AccessLogFormat.Caddy, Detect("""{"ts":1646861401,"request":{"remote_ip":"::1","method":"GET","uri":"/"},"status":200}"""));
        Assert.Equal(AccessLogFormat.CloudFront, Detect("#Version: 1.0", "#Fields: date time c-ip sc-status", "2019-12-04\t21:02:31\t192.0.2.100\t200"));
        Assert.Equal(AccessLogFormat.Native, Detect("""{"name":"pageview","url":"https://shop.example/"}"""));
        Assert.Null(Detect("rubbish", ""));
    }

    static AccessLogFormat? Detect(params string[] lines) =>
        AccessLogDetector.Detect([.. lines.Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line))]);
}
