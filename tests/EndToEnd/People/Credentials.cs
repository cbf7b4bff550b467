using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Footfall.EndToEnd.People;

/// <summary>A server, and one of everybody who may ask it something.</summary>
public sealed class Credentials : IAsyncLifetime
{
    public const string Site = "asked.example";

    readonly List<Person> _people = [];
    readonly List<HttpClient> _clients = [];

    public FootfallServer Server { get; private set; } = null!;

    /// <summary>By the letter that the table of the test gives them.</summary>
    public IReadOnlyDictionary<char, HttpClient> All { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        // With no key in its environment the server lets its first owner sign up; the operator's key is the one it prints.
        Server = await FootfallServer.StartAsync();
        await Server.Api.AddSiteAsync(Site);
        var owner = Kept(await Person.SignUpAsync(Server));
        All = new Dictionary<char, HttpClient>
        {
            ['-'] = Server.Visitor,
            ['v'] = Kept(await owner.InviteAsync(Server, "viewer@example.com", "viewer")).Http,
            ['e'] = Kept(await owner.InviteAsync(Server, "editor@example.com", "editor")).Http,
            ['a'] = Kept(await owner.InviteAsync(Server, "admin@example.com", "admin")).Http,
            ['o'] = owner.Http,
            ['W'] = await KeyAsync(owner, "events:write"),
            ['R'] = await KeyAsync(owner, "reports:read"),
            ['S'] = await KeyAsync(owner, "sites:admin"),
            ['L'] = await BearerAsync(owner, $"/api/v1/sites/{Site}/links", new { name = "for friends" }, "token"),
            ['X'] = Server.Api.Http,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _people.ForEach(person => person.Dispose());
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
    }

    Person Kept(Person person)
    {
        _people.Add(person);
        return person;
    }

    Task<HttpClient> KeyAsync(Person owner, string scope) => BearerAsync(owner, "/api/v1/keys", new { name = scope, scopes = new[] { scope } }, "key");

    async Task<HttpClient> BearerAsync(Person owner, string path, object made, string property)
    {
        using var answer = await owner.Http.PostAsJsonAsync(path, made);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty(property).GetString();
        var client = new HttpClient { BaseAddress = Server.Address };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        _clients.Add(client);
        return client;
    }
}
