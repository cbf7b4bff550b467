using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.Watching;

public sealed class Live(SharedServer shared)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Who_listens_hears_at_once_and_again_when_something_happens()
    {
        var site = await shared.NewSiteAsync();
        using var patience = new CancellationTokenSource(Patience);
        using var answer = await ListenAsync(shared.Server, site, patience.Token);
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        Assert.Equal(0, (await NextAsync(stream, patience.Token)).GetProperty("visitors5").GetInt32());
        await shared.Api.SendAsync(FootfallApi.ToJson(new { site, url = $"https://{site}/now", visitor_id = "somebody" }));
        var told = await NextAsync(stream, patience.Token);
        Assert.Equal(1, told.GetProperty("visitors5").GetInt32());
        Assert.Equal("/now", told.GetProperty("pages")[0].GetProperty("name").GetString());
        var asked = await shared.Api.Http.GetFromJsonAsync<JsonElement>($"/api/v1/sites/{site}/realtime", patience.Token);
        Assert.Equal(asked.EnumerateObject().Select(field => field.Name), told.EnumerateObject().Select(field => field.Name));
    }

    [Fact]
    public async Task What_happens_elsewhere_is_not_told()
    {
        var (site, other) = (await shared.NewSiteAsync(), await shared.NewSiteAsync());
        using var patience = new CancellationTokenSource(Patience);
        using var answer = await ListenAsync(shared.Server, site, patience.Token);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await NextAsync(stream, patience.Token);
        await shared.Api.SendAsync(FootfallApi.ToJson(new { site = other, url = $"https://{other}/", visitor_id = "somebody" }));
        await shared.Api.SettledLedgerAsync(other);
        await shared.Api.SendAsync(FootfallApi.ToJson(new { site, url = $"https://{site}/mine", visitor_id = "another" }));
        Assert.Equal("/mine", Assert.Single((await NextAsync(stream, patience.Token)).GetProperty("pages").EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Only_so_many_may_listen_and_a_place_becomes_free_when_one_leaves()
    {
        var site = await shared.NewSiteAsync();
        using var patience = new CancellationTokenSource(Patience);
        var listening = new List<HttpResponseMessage>();
        for (var count = 0; count < 100; count++)
            listening.Add(await ListenAsync(shared.Server, site, patience.Token));
        Assert.All(listening, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        using (var refused = await ListenAsync(shared.Server, site, patience.Token))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }
        listening.ForEach(answer => answer.Dispose());
        while (true)
        {
            using var again = await ListenAsync(shared.Server, site, patience.Token);
            if (again.StatusCode == HttpStatusCode.OK)
                return;
            await Task.Delay(20, patience.Token);
        }
    }

    [Fact]
    public async Task It_ends_when_the_server_stops()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync("stopped.example");
        using var patience = new CancellationTokenSource(Patience);
        using var answer = await ListenAsync(server, "stopped.example", patience.Token);
        using var stream = new StreamReader(await answer.Content.ReadAsStreamAsync(patience.Token));
        await NextAsync(stream, patience.Token);
        Assert.Equal(0, await server.StopAsync(Patience));
        Assert.DoesNotContain("event:", await stream.ReadToEndAsync(patience.Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_site_is_not_found()
    {
        using var answer = await ListenAsync(shared.Server, "nobody.example", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    static Task<HttpResponseMessage> ListenAsync(FootfallServer server, string site, CancellationToken cancellation) =>
        server.Api.Http.GetAsync($"/api/v1/sites/{site}/live", HttpCompletionOption.ResponseHeadersRead, cancellation);

    static async Task<JsonElement> NextAsync(StreamReader stream, CancellationToken cancellation)
    {
        while (await stream.ReadLineAsync(cancellation) is { } line)
        {
            if (line != "event: realtime")
                continue;
            var data = await stream.ReadLineAsync(cancellation);
            Assert.StartsWith("data: ", data, StringComparison.Ordinal);
            return JsonDocument.Parse(data!["data: ".Length..]).RootElement;
        }
        throw new InvalidOperationException("The stream ended without a message.");
    }
}
