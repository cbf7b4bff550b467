using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;

namespace Footfall.EndToEnd.People;

public sealed class SigningIn
{
    const string Email = "owner@example.com";
    const string Site = "shop.example";
    static readonly object[] NewsOnly = [new { dimension = "source", value = "news" }];

    [Fact]
    public async Task The_link_for_the_first_owner_works_once_and_the_cookie_lasts_over_a_restart()
    {
        await using var server = await FootfallServer.StartAsync();
        using var owner = await Person.SignUpAsync(server);
        Assert.Equal("owner", (await owner.GetAsync("/api/v1/session"))["role"]!.GetValue<string>());
        using var again = await server.Visitor.PostAsJsonAsync("/api/v1/signup", new
        {
            token = Person.TokenIn(server.Output, "/signup?token="),
            account = "Thief",
            name = "Thief",
            email = "thief@example.com",
            password = Person.PasswordOf("thief"),
        });
        Assert.False(again.IsSuccessStatusCode);
        server.Kill();
        await server.StartAgainAsync();
        using var asked = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/api/v1/session"));
        var cookie = owner.CookieFor(new Uri(server.Address, "/"));
        asked.Headers.Add("Cookie", cookie);
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false });
        using var answer = await plain.SendAsync(asked, TestContext.Current.CancellationToken);
        Assert.True(JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["signed_in"]!.GetValue<bool>());
    }

    [Fact]
    public async Task A_change_without_the_token_of_the_session_or_from_another_sites_page_is_refused()
    {
        await using var server = await FootfallServer.StartAsync();
        using var owner = await Person.SignUpAsync(server);
        using (var foreign = new HttpRequestMessage(HttpMethod.Patch, "/api/v1/me") { Content = JsonContent.Create(new { name = "Mallory" }) })
        {
            foreign.Headers.Add("Sec-Fetch-Site", "cross-site");
            using var answer = await owner.Http.SendAsync(foreign, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
        owner.Http.DefaultRequestHeaders.Remove("X-Csrf-Token");
        using var without = await owner.Http.PatchAsJsonAsync("/api/v1/me", new { name = "Mallory" }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, without.StatusCode);
        Assert.Equal("Olga Owner", (await owner.GetAsync("/api/v1/session"))["user"]!["name"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("{\"name\":", "name")]
    [InlineData("{\"name\":\"x\",\"scopes\":{\"a\":1}}", "scopes")]
    public async Task A_body_that_cannot_be_read_is_answered_with_the_field(string body, string field)
    {
        await using var server = await FootfallServer.StartAsync();
        using var answer = await server.Api.Http.PostAsync(
            new Uri("/api/v1/keys", UriKind.Relative), new StringContent(body, System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(field, JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task Wrong_passwords_make_one_wait_and_a_session_that_was_ended_is_nobodys()
    {
        await using var server = await FootfallServer.StartAsync();
        using var owner = await Person.SignUpAsync(server);
        using var other = await Person.SignInAsync(server, Email);
        var sessions = (await owner.GetAsync("/api/v1/sessions"))["sessions"]!.AsArray();
        var ended = Assert.Single(sessions, session => !session!["current"]!.GetValue<bool>())!["id"]!;
        using (var end = await owner.Http.DeleteAsync(new Uri($"/api/v1/sessions/{ended}", UriKind.Relative), TestContext.Current.CancellationToken))
            Assert.Equal(HttpStatusCode.NoContent, end.StatusCode);
        Assert.False((await other.GetAsync("/api/v1/session"))["signed_in"]!.GetValue<bool>());

        HttpResponseMessage answer;
        var tries = 0;
        do
        {
            answer = await server.Visitor.PostAsJsonAsync("/api/v1/session", new { email = Email, password = "wrong" }, TestContext.Current.CancellationToken);
            Assert.True(++tries < 50, "Wrong passwords are never refused.");
        }
        while (answer.StatusCode == HttpStatusCode.Unauthorized);
        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        using var right = await server.Visitor.PostAsJsonAsync(
            "/api/v1/session", new { email = Email, password = Person.PasswordOf(Email) }, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
    }

    [Fact]
    public async Task A_shared_link_shows_what_it_was_made_for_and_cannot_be_widened()
    {
        await using var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site);
        await server.Api.AddSiteAsync("other.example");
        foreach (var source in (string[])["news", "news", "friends"])
            (await server.Api.SendAsync(FootfallApi.ToJson(new[] { new { site = Site, url = $"https://{Site}/?utm_source={source}", visitor_id = Guid.NewGuid().ToString() } }))).Dispose();
        await server.Api.SettledLedgerAsync(Site);
        using var owner = await Person.SignUpAsync(server);
        using var made = await owner.Http.PostAsJsonAsync(
            $"/api/v1/sites/{Site}/links", new { name = "News only", filters = NewsOnly }, TestContext.Current.CancellationToken);
        Assert.True(made.StatusCode == HttpStatusCode.Created, await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var token = JsonNode.Parse(await made.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["token"]!.GetValue<string>();
        using var guest = new HttpClient { BaseAddress = server.Address };
        guest.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var api = new FootfallApi(guest);
        Assert.Equal(2, await api.TotalAsync(Site, "visitors"));
        using var elsewhere = await guest.GetAsync(new Uri("/api/v1/sites/other.example/reports?metrics=visitors&from=all", UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
    }
}
