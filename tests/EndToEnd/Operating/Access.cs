using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Footfall.EndToEnd.Operating;

public sealed class Access(SharedServer shared)
{
    static readonly string[] Wanted = ["visitors"];

    [Theory]
    [InlineData("GET", "/api/v1/sites")]
    [InlineData("GET", "/api/v1/status")]
    [InlineData("GET", "/api/v1/sites/1/ledger")]
    [InlineData("DELETE", "/api/v1/sites/1")]
    [InlineData("POST", "/api/v1/sites/1/reports")]
    [InlineData("POST", "/api/v1/sites")]
    public async Task Without_a_key_nobody_reads_or_changes_anything(string method, string path)
    {
        using var none = await AskAsync(method, path, key: null);
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
        using var wrong = await AskAsync(method, path, key: "a-key-that-nobody-was-given");
        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    public async Task Anybody_may_ask_how_the_server_is(string path) =>
        Assert.Equal(HttpStatusCode.OK, (await shared.Visitor.GetAsync(path)).StatusCode);

    [Fact]
    public async Task The_token_in_the_data_folder_is_the_administrators_and_only_its_owner_can_read_it()
    {
        var file = Path.Combine(shared.Server.Data, "server.json");
        using var announced = JsonDocument.Parse(await File.ReadAllTextAsync(file));
        Assert.Equal(shared.Server.Pid, announced.RootElement.GetProperty("pid").GetInt32());
        using var answer = await AskAsync("GET", "/api/v1/status", announced.RootElement.GetProperty("token").GetString());
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Events_under_a_key_that_is_not_known_are_refused_and_events_under_none_are_taken()
    {
        var site = await shared.NewSiteAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync(site, "Bearer", "a-key-that-nobody-was-given")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(site, "Bearer", FootfallServer.Key)).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(site, null, null)).StatusCode);
        // What a browser sends along to a page behind a password is not meant for us.
        Assert.Equal(HttpStatusCode.Accepted, (await SendAsync(site, "Basic", "dXNlcjpwYXNz")).StatusCode);
        Assert.Equal(3, (await shared.Api.SettledLedgerAsync(site)).Totals.Accepted);
    }

    async Task<HttpResponseMessage> SendAsync(string site, string? scheme, string? secret)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = JsonContent.Create(Sent.PageView(site, 1)) };
        if (scheme is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, secret);
        return await shared.Visitor.SendAsync(request);
    }

    async Task<HttpResponseMessage> AskAsync(string method, string path, string? key)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST")
            request.Content = JsonContent.Create(new { metrics = Wanted, domains = Wanted });
        if (key is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await shared.Visitor.SendAsync(request);
    }
}
