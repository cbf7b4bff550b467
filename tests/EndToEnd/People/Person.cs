using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Footfall.EndToEnd.People;

/// <summary>Somebody at a browser, as the API sees them: a cookie, and the token that goes with it.</summary>
public sealed class Person : IDisposable
{
    readonly CookieContainer _cookies = new();
    readonly HttpClient _http;

    Person(Uri address) => _http = new HttpClient(new HttpClientHandler { CookieContainer = _cookies }) { BaseAddress = address };

    public HttpClient Http => _http;

    /// <summary>The first owner, by the link that the server has printed.</summary>
    public static Task<Person> SignUpAsync(FootfallServer server, string email = "owner@example.com") => EnterAsync(
        server, "/api/v1/signup",
        new { token = TokenIn(server.Output, "/signup?token="), account = "Shop", name = "Olga Owner", email, password = PasswordOf(email) });

    /// <summary>One more member, invited by this one.</summary>
    public async Task<Person> InviteAsync(FootfallServer server, string email, string role)
    {
        using var invited = await _http.PostAsJsonAsync("/api/v1/invitations", new { email, role });
        Assert.True(invited.StatusCode == HttpStatusCode.Created, await invited.Content.ReadAsStringAsync());
        var link = (await invited.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("address").GetString()!;
        return await EnterAsync(
            server, "/api/v1/invitations/accept", new { token = TokenIn(link, "/invitation?token="), name = role, password = PasswordOf(email) });
    }

    public static async Task<Person> SignInAsync(FootfallServer server, string email, string? code = null) =>
        await EnterAsync(server, "/api/v1/session", new { email, password = PasswordOf(email), code });

    public static string PasswordOf(string email) => "a long secret of " + email;

    public static string TokenIn(string text, string before)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        Assert.True(start >= before.Length, text);
        return text[start..].Split(['\n', '\r', '&', ' '], 2)[0];
    }

    public async Task<JsonNode> GetAsync(string path) => (await _http.GetFromJsonAsync<JsonNode>(path))!;

    public string CookieFor(Uri address) => _cookies.GetCookieHeader(address);

    public void Dispose() => _http.Dispose();

    static async Task<Person> EnterAsync(FootfallServer server, string path, object with)
    {
        var person = new Person(server.Address);
        using var answer = await person._http.PostAsJsonAsync(path, with);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{path} was answered {(int)answer.StatusCode}: {text}");
        person._http.DefaultRequestHeaders.Add("X-Csrf-Token", JsonNode.Parse(text)!["csrf"]!.GetValue<string>());
        Assert.Contains(answer.Headers.GetValues("Set-Cookie"), cookie => cookie.Contains("httponly", StringComparison.OrdinalIgnoreCase) && cookie.Contains("samesite=lax", StringComparison.OrdinalIgnoreCase));
        return person;
    }
}
