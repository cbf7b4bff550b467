using System.Net;

namespace Footfall.EndToEnd.People;

/// <summary>Who may do what, over the wire: every operation of the API against every kind of caller.</summary>
public sealed class AccessTable(OwnedServer owned)
{
    const string Nobody = "nobody";

    static readonly string[] Roles = ["viewer", "editor", "admin", "owner"];
    static readonly string[] Readers = [.. Roles, "operator", "reports:read"];
    static readonly string[] Admins = ["admin", "owner", "operator"];
    static readonly string[] SiteAdmins = [.. Admins, "sites:admin"];
    static readonly string[] Editors = ["editor", .. Admins];

    /// <summary>A row for each operation that asks who its caller is: whom it lets through. None is for everybody, signed in or not.</summary>
    static readonly Dictionary<string, string[]?> Allowed = new(StringComparer.Ordinal)
    {
        ["POST /api/v1/events"] = null,
        ["GET /p.gif"] = null,
        ["GET /healthz"] = null,
        ["GET /readyz"] = null,
        ["GET /api/v1/session"] = null,
        ["POST /api/v1/session"] = null,
        ["DELETE /api/v1/session"] = null,
        ["POST /api/v1/signup"] = null,
        ["POST /api/v1/enter"] = null,
        ["GET /api/v1/invitations/by-token/{token}"] = null,
        ["POST /api/v1/invitations/accept"] = null,
        ["GET /api/v1/shared/{token}"] = null,
        ["POST /api/v1/shared/{token}/unlock"] = null,
        ["GET /api/v1/sites"] = Readers,
        ["GET /api/v1/sites/{site}"] = Readers,
        ["GET /api/v1/sites/{site}/ledger"] = Readers,
        ["GET /api/v1/sites/{site}/verification"] = Readers,
        ["GET /api/v1/sites/{site}/annotations"] = Readers,
        ["GET /api/v1/status"] = Readers,
        ["GET /api/v1/overview"] = Readers,
        ["GET /api/v1/sites/{site}/reports"] = [.. Readers, "link", "narrow link", "embed"],
        ["POST /api/v1/sites/{site}/reports"] = [.. Readers, "link", "narrow link", "embed"],
        ["GET /api/v1/sites/{site}/realtime"] = [.. Readers, "link", "embed"],
        ["GET /api/v1/sites/{site}/live"] = [.. Readers, "link", "embed"],
        ["GET /api/v1/sites/{site}/hits"] = SiteAdmins,
        ["GET /api/v1/sites/{site}/hits/tail"] = SiteAdmins,
        ["POST /api/v1/sites"] = SiteAdmins,
        ["PATCH /api/v1/sites/{site}"] = SiteAdmins,
        ["DELETE /api/v1/sites/{site}"] = ["owner", "operator", "sites:admin"],
        ["POST /api/v1/sites/{site}/annotations"] = [.. Editors, "sites:admin"],
        ["PATCH /api/v1/sites/{site}/annotations/{id}"] = [.. Editors, "sites:admin"],
        ["DELETE /api/v1/sites/{site}/annotations/{id}"] = [.. Editors, "sites:admin"],
        ["GET /api/v1/sites/{site}/links"] = Editors,
        ["POST /api/v1/sites/{site}/links"] = Editors,
        ["DELETE /api/v1/sites/{site}/links/{id}"] = Editors,
        ["POST /api/v1/sites/{site}/embed-tokens"] = [.. Editors, "sites:admin"],
        ["GET /api/v1/keys"] = Admins,
        ["POST /api/v1/keys"] = Admins,
        ["DELETE /api/v1/keys/{id}"] = Admins,
        ["GET /api/v1/members"] = Admins,
        ["PATCH /api/v1/members/{id}"] = Admins,
        ["DELETE /api/v1/members/{id}"] = Admins,
        ["GET /api/v1/invitations"] = Admins,
        ["POST /api/v1/invitations"] = Admins,
        ["DELETE /api/v1/invitations/{id}"] = Admins,
        ["GET /api/v1/sessions"] = Roles,
        ["DELETE /api/v1/sessions/{id}"] = Roles,
        ["PATCH /api/v1/me"] = Roles,
        ["PUT /api/v1/me/password"] = Roles,
        ["POST /api/v1/me/second-factor"] = Roles,
        ["POST /api/v1/me/second-factor/confirm"] = Roles,
        ["DELETE /api/v1/me/second-factor"] = Roles,
        ["GET /api/v1/rebuilds"] = ["owner", "operator"],
        ["POST /api/v1/rebuilds"] = ["owner", "operator"],
        ["GET /api/v1/rebuilds/{id}"] = ["owner", "operator"],
        ["DELETE /api/v1/rebuilds/{id}"] = ["owner", "operator"],
        ["GET /api/v1/rebuilds/{id}/difference"] = ["owner", "operator"],
        ["POST /api/v1/rebuilds/{id}/switch"] = ["owner", "operator"],
        ["POST /api/v1/rebuilds/{id}/rollback"] = ["owner", "operator"],
        ["GET /api/v1/archive"] = ["operator"],
        ["GET /api/v1/archive/verification"] = ["operator"],
        ["GET /api/v1/hits"] = ["operator"],
        ["GET /api/v1/hits/refused"] = ["operator"],
        ["GET /api/v1/analysis"] = ["owner", "operator"],
        ["POST /api/v1/erasures"] = ["operator"],
        ["GET /api/v1/erasures"] = ["operator"],
        ["GET /api/v1/erasures/{id}"] = ["operator"],
        ["GET /api/v1/books"] = ["operator"],
        ["GET /api/v1/set-aside"] = ["operator"],
        ["POST /api/v1/set-aside/replay"] = ["operator"],
        ["POST /api/v1/login-links"] = ["operator"],
    };

    [Fact]
    public async Task Every_operation_lets_through_whom_the_table_says_and_nobody_else()
    {
        var owner = await owned.OwnerAsync();
        var document = await owner.JsonAsync("GET", "/openapi/v1.json");
        var operations = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}")).ToList();
        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
        var callers = await CallersAsync(owner);
        var wrong = new List<string>();
        foreach (var operation in operations)
        {
            foreach (var (name, (person, bearer)) in callers)
            {
                var status = await AskAsync(person, bearer, operation, IsView(name) ? OwnedServer.Site : "nowhere.example");
                var refused = status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden;
                if (refused != (Allowed[operation]?.Contains(name) is false))
                    wrong.Add($"{operation} answers {name} {(int)status}");
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    static bool IsView(string caller) => caller is "link" or "narrow link" or "embed";

    /// <summary>Asks for what does no harm when it is allowed: a site or a row that is not there, and no body worth the name.</summary>
    static async Task<HttpStatusCode> AskAsync(Person person, string? bearer, string operation, string site)
    {
        var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
        path = path.Replace("{site}", site, StringComparison.Ordinal).Replace("{id}", "999999", StringComparison.Ordinal).Replace("{token}", "none", StringComparison.Ordinal);
        // Signing in with nothing is answered 401 like a stranger's request, and signing out would end the test.
        if (path == "/api/v1/session" && method != "GET")
            return HttpStatusCode.OK;
        var status = await person.StatusAsync(method, path, method is "GET" ? null : new { }, path == "/api/v1/events" ? null : bearer);
        return path == "/api/v1/me/second-factor/confirm" && status == HttpStatusCode.TooManyRequests ? HttpStatusCode.OK : status;
    }

    async Task<Dictionary<string, (Person Person, string? Bearer)>> CallersAsync(Person owner)
    {
        var stranger = new Person(owned.Server.Address);
        var callers = new Dictionary<string, (Person, string?)>
        {
            [Nobody] = (stranger, null),
            ["an unknown key"] = (stranger, "ff_a-key-that-nobody-was-given"),
            ["owner"] = (owner, null),
            ["operator"] = (stranger, FootfallServer.Key),
        };
        foreach (var role in Roles.SkipLast(1))
            callers[role] = (await owner.InviteAsync($"{role}@table.example", role), null);
        foreach (var scope in new[] { "reports:read", "events:write", "sites:admin" })
            callers[scope] = (stranger, (await owner.JsonAsync("POST", "/api/v1/keys", new { name = scope, scopes = new[] { scope } })).GetProperty("key").GetString());
        var narrow = new[] { new { dimension = "page", value = "/a" } };
        callers["link"] = (stranger, await TokenAsync(owner, "links", new { name = "all" }));
        callers["narrow link"] = (stranger, await TokenAsync(owner, "links", new { name = "some", filters = narrow }));
        callers["locked link"] = (stranger, await TokenAsync(owner, "links", new { name = "locked", password = "sesame" }));
        callers["embed"] = (stranger, await TokenAsync(owner, "embed-tokens", new { }));
        return callers;
    }

    static async Task<string> TokenAsync(Person owner, string kind, object body) =>
        (await owner.JsonAsync("POST", $"/api/v1/sites/{OwnedServer.Site}/{kind}", body)).GetProperty("token").GetString()!;
}
