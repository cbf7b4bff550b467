using System.Net;
using System.Text;

namespace Footfall.EndToEnd.Collecting;

public sealed class Refusals(SharedServer shared)
{
    static readonly string Long = new('x', 9_000);

    /// <summary>SITE stands for a known site. Field, index and limit are null where the problem does not name them.</summary>
    public static TheoryData<string, string, int, string?, int?, long?> Wrong => new()
    {
        { "no JSON", "hello", 400, null, 0, null },
        { "half a JSON", """{"site":"SITE","url":"https://SITE/""", 400, null, 0, null },
        { "nothing", "", 400, null, null, null },
        { "an empty list", "[]", 400, null, null, null },
        { "a string for an event", """["hello"]""", 400, null, 0, null },
        { "no site", """{"url":"https://SITE/"}""", 400, "site", 0, null },
        { "an unknown site", """{"site":"nobody.example","url":"https://nobody.example/"}""", 404, "site", 0, null },
        { "an unknown site number", """{"site":2000000000,"url":"https://SITE/"}""", 404, "site", 0, null },
        { "a page view without url", """{"site":"SITE"}""", 400, "url", 0, null },
        { "a long url", $$"""{"site":"SITE","url":"https://SITE/{{Long}}"}""", 400, "url", 0, 4_096 },
        { "a number for a url", """{"site":"SITE","url":7}""", 400, "url", 0, null },
        { "an empty name", """{"site":"SITE","name":"","url":"https://SITE/"}""", 400, "name", 0, null },
        { "a long name", $$"""{"site":"SITE","name":"{{Long}}"}""", 400, "name", 0, 100 },
        { "a long title", $$"""{"site":"SITE","url":"https://SITE/","title":"{{Long}}"}""", 400, "title", 0, 500 },
        { "a long referrer", $$"""{"site":"SITE","url":"https://SITE/","referrer":"{{Long}}"}""", 400, "referrer", 0, 4_096 },
        { "a long event id", $$"""{"site":"SITE","url":"https://SITE/","event_id":"{{Long}}"}""", 400, "event_id", 0, 128 },
        { "a long visitor id", $$"""{"site":"SITE","url":"https://SITE/","visitor_id":"{{Long}}"}""", 400, "visitor_id", 0, 128 },
        { "a long user id", $$"""{"site":"SITE","url":"https://SITE/","user_id":"{{Long}}"}""", 400, "user_id", 0, 256 },
        { "a time in words", """{"site":"SITE","url":"https://SITE/","time":"yesterday"}""", 400, "time", 0, null },
        { "a list for props", """{"site":"SITE","url":"https://SITE/","props":[1]}""", 400, "props", 0, null },
        { "too many props", $$$"""{"site":"SITE","url":"https://SITE/","props":{{{ManyProps()}}}}""", 400, "props", 0, 50 },
        { "a long key of props", $$$"""{"site":"SITE","url":"https://SITE/","props":{"{{{Long}}}":1}}""", 400, "props", 0, 100 },
        { "a long value of props", $$$"""{"site":"SITE","url":"https://SITE/","props":{"a":"{{{Long}}}"}}""", 400, "props.a", 0, 2_000 },
        { "a prop within a prop", """{"site":"SITE","url":"https://SITE/","props":{"a":{"b":1}}}""", 400, "props.a", 0, null },
        { "a number for revenue", """{"site":"SITE","name":"purchase","revenue":9.99}""", 400, "revenue", 0, null },
        { "a fortune", """{"site":"SITE","name":"purchase","revenue":{"amount":1e10,"currency":"EUR"}}""", 400, "revenue.amount", 0, 9_000_000_000 },
        { "too many items", $$"""{"site":"SITE","name":"purchase","items":[{{string.Join(',', Enumerable.Repeat("{\"id\":\"a\"}", 201))}}]}""", 400, "items", 0, 200 },
        { "a negative engagement", """{"site":"SITE","url":"https://SITE/","engagement_ms":-1}""", 400, "engagement_ms", 0, 86_400_000 },
        { "a screen in words", """{"site":"SITE","url":"https://SITE/","screen":"wide"}""", 400, "screen", 0, null },
        { "a field nobody knows", """{"site":"SITE","url":"https://SITE/","referer":"https://a.example/"}""", 400, "referer", 0, null },
        { "the second of two", """[{"site":"SITE","url":"https://SITE/"},{"site":"SITE","url":"https://SITE/","screen":"wide"}]""", 400, "screen", 1, null },
        { "the third line", "{\"site\":\"SITE\",\"url\":\"https://SITE/\"}\n{\"site\":\"SITE\",\"url\":\"https://SITE/\"}\n{\"site\":\"SITE\"}", 400, "url", 2, null },
        { "too many events", $$"""[{{string.Join(',', Enumerable.Repeat("{\"site\":\"SITE\",\"url\":\"https://SITE/\"}", 1_001))}}]""", 400, null, null, 1_000 },
        { "too large a body", $"[{new string(' ', 1024 * 1024)}]", 413, null, null, 1_048_576 },
    };

    [Theory]
    [MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task What_is_wrong_is_refused_whole_and_said_exactly(string what, string body, int status, string? field, int? index, long? limit)
    {
        var site = await shared.NewSiteAsync();
        using var content = new StringContent(body.Replace("SITE", site, StringComparison.Ordinal), Encoding.UTF8, "application/json");
        using var answer = await shared.Visitor.PostAsync("/api/v1/events", content);
        Assert.True(status == (int)answer.StatusCode, $"{what} was answered {(int)answer.StatusCode}");
        await Problem.AssertAsync(answer, field, index, limit);
        Assert.Equal(0, (await shared.Api.SettledLedgerAsync(site)).Totals.Accepted);
    }

    [Fact]
    public async Task A_batch_is_accepted_whole_or_not_at_all()
    {
        var site = await shared.NewSiteAsync();
        object Good(int number) => new { site, url = $"https://{site}/{number}" };
        using var refused = await shared.Visitor.PostAsJsonAsync("/api/v1/events", new[] { Good(1), new { site, url = $"https://{site}/", screen = "wide" }, Good(2) });
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        await Problem.AssertAsync(refused, "screen", 1, null);
        using var accepted = await shared.Visitor.PostAsJsonAsync("/api/v1/events", new[] { Good(3), Good(4) });
        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await shared.Api.SettledLedgerAsync(site);
        var report = await shared.Api.ReportAsync(site, ["pageviews"], "page");
        Assert.Equal(["/3", "/4"], report.Rows.Select(row => row.Dimensions[0]).Order());
    }

    [Fact]
    public async Task Without_a_key_nobody_speaks_for_another_address_or_time()
    {
        var site = await shared.NewSiteAsync();
        for (var number = 1; number <= 3; number++)
        {
            using var answer = await shared.Visitor.PostAsJsonAsync(
                "/api/v1/events", new { site, url = $"https://{site}/", address = $"198.51.100.{number}", user_agent = $"Agent/{number}" });
            Assert.True(answer.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden);
        }
        await shared.Api.SettledLedgerAsync(site);
        Assert.InRange(await shared.Api.TotalAsync(site, "visitors"), 0, 1);
    }

    static string ManyProps() => "{" + string.Join(',', Enumerable.Range(0, 51).Select(number => $"\"p{number}\":1")) + "}";
}
