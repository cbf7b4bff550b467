using System.Net;
using System.Text.Json;

namespace Footfall.EndToEnd.People;

/// <summary>Somebody with a browser of their own: keeps cookies, and sends what pages of the server send with every change.</summary>
sealed class Person : IDisposable
{
    public const string Password = "correct horse battery";

    readonly SocketsHttpHandler _handler = new() { UseProxy = false, CookieContainer = new CookieContainer() };
    readonly HttpClient _http;

    public Person(Uri address) => _http = new HttpClient(_handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };

    /// <summary>The token of the session; null before anybody signed in.</summary>
    public string? Csrf { get; set; }

    public string Cookie => _handler.CookieContainer.GetCookieHeader(_http.BaseAddress!);

    /// <summary>Signs the first owner up, by the link that the server printed.</summary>
    public static async Task<Person> OwnerAsync(FootfallServer server)
    {
        var person = new Person(server.Address);
        await person.EnterAsync("/api/v1/signup", new
        {
            token = await SignUpTokenAsync(server),
            account = "Lovelace",
            name = "Ada",
            email = "ada@example.com",
            password = Password,
        });
        return person;
    }

    /// <summary>The token of the link that the server printed.</summary>
    public static async Task<string> SignUpTokenAsync(FootfallServer server)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var found = System.Text.RegularExpressions.Regex.Match(server.Output, @"/signup\?token=([\w-]+)");
            if (found.Success)
                return found.Groups[1].Value;
            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>Invites somebody, who accepts.</summary>
    public async Task<Person> InviteAsync(string email, string role)
    {
        var invitation = await JsonAsync("POST", "/api/v1/invitations", new { email, role });
        var person = new Person(_http.BaseAddress!);
        await person.EnterAsync("/api/v1/invitations/accept", new { token = TokenOf(invitation), name = role, password = Password });
        return person;
    }

    /// <summary>Comes in by an endpoint that answers with a session.</summary>
    public async Task<JsonElement> EnterAsync(string path, object body)
    {
        var session = await JsonAsync("POST", path, body);
        Csrf = session.GetProperty("csrf").GetString();
        return session;
    }

    public Task<HttpResponseMessage> SignInAsync(string email, string password, string? code = null) =>
        SendAsync("POST", "/api/v1/session", new { email, password, code });

    public async Task<JsonElement> JsonAsync(string method, string path, object? body = null, string? bearer = null)
    {
        using var answer = await SendAsync(method, path, body, bearer);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, $"{method} {path} was answered {(int)answer.StatusCode}: {text}");
        return text.Length == 0 ? default : JsonElement.Parse(text);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, object? body = null, string? bearer = null)
    {
        using var answer = await SendAsync(method, path, body, bearer);
        return answer.StatusCode;
    }

    public Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null, string? bearer = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = body is null ? null : JsonContent.Create(body) };
        if (bearer is not null)
            request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", bearer);
        if (Csrf is not null)
            request.Headers.Add("X-Csrf-Token", Csrf);
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The token at the end of an address.</summary>
    public static string TokenOf(JsonElement answer) => answer.GetProperty("address").GetString()!.Split("token=")[1];

    public void Dispose()
    {
        _http.Dispose();
        _handler.Dispose();
    }
}
