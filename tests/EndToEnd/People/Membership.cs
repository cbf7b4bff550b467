using System.Net;

namespace Footfall.EndToEnd.People;

public sealed class Membership(OwnedServer owned)
{
    static readonly string[] ReportsRead = ["reports:read"];

    [Fact]
    public async Task An_invitation_works_once_and_not_after_it_is_taken_back()
    {
        var owner = await owned.OwnerAsync();
        var made = await owner.JsonAsync("POST", "/api/v1/invitations", new { email = "Bob@example.com", role = "editor" });
        var token = Person.TokenOf(made);
        using var bob = new Person(owned.Server.Address);
        var seen = await bob.JsonAsync("GET", $"/api/v1/invitations/by-token/{token}");
        Assert.Equal(("Bob@example.com", "editor", "Lovelace"),
            (seen.GetProperty("email").GetString(), seen.GetProperty("role").GetString(), seen.GetProperty("account").GetString()));
        var session = await bob.EnterAsync("/api/v1/invitations/accept", new { token, name = "Bob", password = Person.Password });
        Assert.Equal("editor", session.GetProperty("role").GetString());
        Assert.Equal(HttpStatusCode.NotFound, await bob.StatusAsync("POST", "/api/v1/invitations/accept", new { token, name = "B", password = Person.Password }));
        Assert.Equal(HttpStatusCode.Conflict, await owner.StatusAsync("POST", "/api/v1/invitations", new { email = "bob@example.com", role = "viewer" }));

        var withdrawn = await owner.JsonAsync("POST", "/api/v1/invitations", new { email = "carol@example.com", role = "viewer" });
        Assert.Equal(HttpStatusCode.NoContent, await owner.StatusAsync("DELETE", $"/api/v1/invitations/{withdrawn.GetProperty("id").GetInt32()}"));
        Assert.Equal(HttpStatusCode.NotFound, await bob.StatusAsync("GET", $"/api/v1/invitations/by-token/{Person.TokenOf(withdrawn)}"));
    }

    [Fact]
    public async Task Owners_are_made_and_changed_by_owners_alone_and_the_last_one_stays()
    {
        var owner = await owned.OwnerAsync();
        using var admin = await owner.InviteAsync("admin@membership.example", "admin");
        var members = (await admin.JsonAsync("GET", "/api/v1/members")).GetProperty("members").EnumerateArray().ToList();
        int IdOf(string email) => members.Single(member => member.GetProperty("email").GetString() == email).GetProperty("id").GetInt32();
        var (ada, own) = (IdOf("ada@example.com"), IdOf("admin@membership.example"));
        Assert.Equal(HttpStatusCode.Forbidden, await admin.StatusAsync("PATCH", $"/api/v1/members/{own}", new { role = "owner" }));
        Assert.Equal(HttpStatusCode.Forbidden, await admin.StatusAsync("DELETE", $"/api/v1/members/{ada}"));
        Assert.Equal(HttpStatusCode.Forbidden, await admin.StatusAsync("POST", "/api/v1/invitations", new { email = "d@example.com", role = "owner" }));
        Assert.Equal(HttpStatusCode.BadRequest, await owner.StatusAsync("PATCH", $"/api/v1/members/{own}", new { role = "king" }));
        Assert.Equal(HttpStatusCode.Conflict, await owner.StatusAsync("PATCH", $"/api/v1/members/{ada}", new { role = "viewer" }));
        Assert.Equal(HttpStatusCode.Conflict, await owner.StatusAsync("DELETE", $"/api/v1/members/{ada}"));
    }

    [Fact]
    public async Task A_role_that_is_taken_away_is_gone_with_the_next_request_and_so_is_a_member()
    {
        var owner = await owned.OwnerAsync();
        using var member = await owner.InviteAsync("demoted@membership.example", "admin");
        Assert.Equal(HttpStatusCode.OK, await member.StatusAsync("GET", "/api/v1/keys"));
        var id = (await owner.JsonAsync("GET", "/api/v1/members")).GetProperty("members").EnumerateArray()
            .Single(known => known.GetProperty("email").GetString() == "demoted@membership.example").GetProperty("id").GetInt32();
        await owner.JsonAsync("PATCH", $"/api/v1/members/{id}", new { role = "viewer" });
        Assert.Equal(HttpStatusCode.Forbidden, await member.StatusAsync("GET", "/api/v1/keys"));
        Assert.Equal(HttpStatusCode.NoContent, await owner.StatusAsync("DELETE", $"/api/v1/members/{id}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await member.StatusAsync("GET", "/api/v1/sites"));
    }

    [Fact]
    public async Task A_key_shows_when_it_was_used_and_is_refused_as_soon_as_it_is_revoked()
    {
        var owner = await owned.OwnerAsync();
        var made = await owner.JsonAsync("POST", "/api/v1/keys", new { name = "reader", scopes = ReportsRead });
        var (id, key) = (made.GetProperty("id").GetInt32(), made.GetProperty("key").GetString());
        async Task<System.Text.Json.JsonElement> ListedAsync() =>
            (await owner.JsonAsync("GET", "/api/v1/keys")).GetProperty("keys").EnumerateArray().Single(known => known.GetProperty("id").GetInt32() == id);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ListedAsync()).GetProperty("last_used_at").ValueKind);
        using var program = new Person(owned.Server.Address);
        Assert.Equal(HttpStatusCode.OK, await program.StatusAsync("GET", "/api/v1/sites", bearer: key));
        Assert.Equal(HttpStatusCode.Forbidden, await program.StatusAsync("POST", "/api/v1/events", Sent.PageView(OwnedServer.Site, 1), key));
        var listed = await ListedAsync();
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, listed.GetProperty("last_used_at").ValueKind);
        Assert.False(listed.TryGetProperty("key", out _));
        Assert.Equal(HttpStatusCode.NoContent, await owner.StatusAsync("DELETE", $"/api/v1/keys/{id}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await program.StatusAsync("GET", "/api/v1/sites", bearer: key));
        Assert.Equal(HttpStatusCode.Unauthorized, await program.StatusAsync("POST", "/api/v1/events", Sent.PageView(OwnedServer.Site, 1), key));
    }

    [Fact]
    public async Task An_annotation_is_made_changed_listed_and_deleted()
    {
        var owner = await owned.OwnerAsync();
        const string Path = $"/api/v1/sites/{OwnedServer.Site}/annotations";
        var id = (await owner.JsonAsync("POST", Path, new { date = "2026-03-01", text = " Relaunch " })).GetProperty("id").GetInt32();
        Assert.Equal(HttpStatusCode.BadRequest, await owner.StatusAsync("POST", Path, new { date = "1 March", text = "Relaunch" }));
        await owner.JsonAsync("PATCH", $"{Path}/{id}", new { date = "2026-03-02" });
        var only = (await owner.JsonAsync("GET", Path)).GetProperty("annotations").EnumerateArray().Single();
        Assert.Equal(("2026-03-02", "Relaunch"), (only.GetProperty("date").GetString(), only.GetProperty("text").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, await owner.StatusAsync("DELETE", $"{Path}/{id}"));
        Assert.Equal(HttpStatusCode.NotFound, await owner.StatusAsync("DELETE", $"{Path}/{id}"));
    }
}
