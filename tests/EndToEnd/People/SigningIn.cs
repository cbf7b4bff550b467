using System.Net;
using System.Security.Cryptography;

namespace Footfall.EndToEnd.People;

public sealed class SigningIn(OwnedServer owned)
{
    [Fact]
    public async Task The_first_owner_signs_up_once_by_the_link_that_the_server_prints()
    {
        await using var server = await FootfallServer.StartAsync();
        using var nobody = new Person(server.Address);
        var before = await nobody.JsonAsync("GET", "/api/v1/session");
        Assert.True(before.GetProperty("first_start").GetBoolean());
        var token = await Person.SignUpTokenAsync(server);
        object Form(string by, string password) => new { token = by, account = "L", name = "Ada", email = "ada@example.com", password };
        Assert.Equal(HttpStatusCode.Gone, await nobody.StatusAsync("POST", "/api/v1/signup", Form("guessed", Person.Password)));
        Assert.Equal(HttpStatusCode.BadRequest, await nobody.StatusAsync("POST", "/api/v1/signup", Form(token, "short")));
        var session = await nobody.EnterAsync("/api/v1/signup", Form(token, Person.Password));
        Assert.Equal(("owner", "L"), (session.GetProperty("role").GetString(), session.GetProperty("account").GetProperty("name").GetString()));
        using var second = new Person(server.Address);
        Assert.Equal(HttpStatusCode.Gone, await second.StatusAsync("POST", "/api/v1/signup", Form(token, Person.Password)));
        Assert.False((await second.JsonAsync("GET", "/api/v1/session")).GetProperty("first_start").GetBoolean());
    }

    [Fact]
    public async Task A_session_goes_on_when_the_server_is_killed_and_started_again()
    {
        await using var server = await FootfallServer.StartAsync();
        using var owner = await Person.OwnerAsync(server);
        var cookie = owner.Cookie;
        server.Kill();
        await server.StartAgainAsync();
        using var browser = new Person(server.Address);
        using var answer = await browser.SendAsync("GET", "/api/v1/session", headers: ("Cookie", cookie));
        var session = await answer.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>();
        Assert.True(session.GetProperty("signed_in").GetBoolean());
        Assert.Equal(owner.Csrf, session.GetProperty("csrf").GetString());
    }

    [Fact]
    public async Task A_cookie_is_out_of_reach_of_scripts_and_of_other_sites()
    {
        var (_, email) = await MemberAsync("viewer");
        using var browser = new Person(owned.Server.Address);
        using var answer = await browser.SignInAsync(email, Person.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single().ToLowerInvariant();
        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Equal("no-store", answer.Headers.CacheControl?.ToString());
        Assert.Contains("frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_that_is_revoked_ends_at_once_and_the_others_go_on()
    {
        var (first, email) = await MemberAsync("viewer");
        using var second = new Person(owned.Server.Address);
        await second.EnterAsync("/api/v1/session", new { email, password = Person.Password });
        var sessions = (await first.JsonAsync("GET", "/api/v1/sessions")).GetProperty("sessions").EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(session => !session.GetProperty("current").GetBoolean()).GetProperty("id").GetInt32();
        Assert.Equal(HttpStatusCode.NoContent, await first.StatusAsync("DELETE", $"/api/v1/sessions/{other}"));
        Assert.Equal(HttpStatusCode.Unauthorized, await second.StatusAsync("GET", "/api/v1/sites"));
        Assert.Equal(HttpStatusCode.OK, await first.StatusAsync("GET", "/api/v1/sites"));
        Assert.Equal(HttpStatusCode.NoContent, await first.StatusAsync("DELETE", "/api/v1/session"));
        Assert.Equal(HttpStatusCode.Unauthorized, await first.StatusAsync("GET", "/api/v1/sites"));
    }

    [Fact]
    public async Task A_change_without_the_sessions_token_or_from_another_sites_page_is_refused()
    {
        var (person, _) = await MemberAsync("editor");
        var body = new { name = "Renamed" };
        Assert.Equal(HttpStatusCode.OK, await person.StatusAsync("PATCH", "/api/v1/me", body));
        using var foreign = await person.SendAsync("PATCH", "/api/v1/me", body, null, ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, foreign.StatusCode);
        using var origin = await person.SendAsync("PATCH", "/api/v1/me", body, null, ("Origin", "http://evil.example"));
        Assert.Equal(HttpStatusCode.Forbidden, origin.StatusCode);
        using var own = await person.SendAsync("PATCH", "/api/v1/me", body, null, ("Origin", owned.Server.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        person.Csrf = null;
        Assert.Equal(HttpStatusCode.Forbidden, await person.StatusAsync("PATCH", "/api/v1/me", body));
        using var signIn = await person.SendAsync("POST", "/api/v1/session", new { email = "x@example.com", password = "x" }, null, ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal(HttpStatusCode.Forbidden, signIn.StatusCode);
    }

    [Fact]
    public async Task Guessing_a_password_is_slowed_down_and_the_right_one_has_to_wait_too()
    {
        await using var server = await FootfallServer.StartAsync();
        using var owner = await Person.OwnerAsync(server);
        using var guesser = new Person(server.Address);
        var answers = new List<HttpStatusCode>();
        // Each waits longer than the one before; however slow the machine, the waits outgrow it.
        for (var guess = 0; guess < 50 && !answers.Contains(HttpStatusCode.TooManyRequests); guess++)
        {
            using var answer = await guesser.SignInAsync("ADA@example.com", $"wrong {guess}");
            answers.Add(answer.StatusCode);
            if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                Assert.True(answer.Headers.RetryAfter!.Delta > TimeSpan.Zero);
        }
        Assert.Equal(HttpStatusCode.Unauthorized, answers[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, answers[^1]);
        using var right = await guesser.SignInAsync("ada@example.com", Person.Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("GET", "/api/v1/session"));
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_does_not_suffice_and_no_code_works_twice()
    {
        var (person, email) = await MemberAsync("viewer");
        var shown = await person.JsonAsync("POST", "/api/v1/me/second-factor", new { });
        Assert.StartsWith("<svg", shown.GetProperty("qr_svg").GetString(), StringComparison.Ordinal);
        var secret = FromBase32(shown.GetProperty("secret").GetString()!);
        Assert.Equal(HttpStatusCode.BadRequest, await person.StatusAsync("POST", "/api/v1/me/second-factor/confirm", new { code = "000000x" }));
        var confirmed = await person.JsonAsync("POST", "/api/v1/me/second-factor/confirm", new { code = CodeOf(secret, -1) });
        var recovery = confirmed.GetProperty("recovery_codes").EnumerateArray().Select(code => code.GetString()!).ToList();
        Assert.Equal(10, recovery.Distinct().Count());

        using var browser = new Person(owned.Server.Address);
        using var without = await browser.SignInAsync(email, Person.Password);
        Assert.Equal(HttpStatusCode.Unauthorized, without.StatusCode);
        Assert.EndsWith("/second-factor-required", (await without.Content.ReadFromJsonAsync<System.Text.Json.JsonElement>()).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(email, Person.Password, CodeOf(secret, -1))).StatusCode);
        var next = CodeOf(secret, 0);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(email, Person.Password, next)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(email, Person.Password, next)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(email, Person.Password, recovery[0])).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.SignInAsync(email, Person.Password, recovery[0])).StatusCode);
        await browser.EnterAsync("/api/v1/session", new { email, password = Person.Password, code = recovery[1] });
        Assert.Equal(HttpStatusCode.BadRequest, await browser.StatusAsync("DELETE", "/api/v1/me/second-factor", new { password = "wrong" }));
        Assert.Equal(HttpStatusCode.NoContent, await browser.StatusAsync("DELETE", "/api/v1/me/second-factor", new { password = Person.Password }));
        Assert.Equal(HttpStatusCode.OK, (await browser.SignInAsync(email, Person.Password)).StatusCode);
    }

    [Fact]
    public async Task Another_password_signs_out_everywhere_else()
    {
        var (person, email) = await MemberAsync("viewer");
        using var elsewhere = new Person(owned.Server.Address);
        await elsewhere.EnterAsync("/api/v1/session", new { email, password = Person.Password });
        Assert.Equal(HttpStatusCode.BadRequest, await person.StatusAsync("PUT", "/api/v1/me/password", new { current = "wrong", @new = "another password" }));
        Assert.Equal(HttpStatusCode.NoContent, await person.StatusAsync("PUT", "/api/v1/me/password", new { current = Person.Password, @new = "another password" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await elsewhere.StatusAsync("GET", "/api/v1/sites"));
        Assert.Equal(HttpStatusCode.OK, (await person.SignInAsync(email, "another password")).StatusCode);
    }

    [Fact]
    public async Task A_login_link_made_on_the_command_line_signs_in_once()
    {
        var (_, email) = await MemberAsync("viewer");
        var (code, output, error) = await ServerProcess.RunAsync(new ServerOptions(), "login-link", email, "--data", owned.Server.Data);
        Assert.True(code == 0, error);
        using var browser = new Person(owned.Server.Address);
        var token = output.Trim().Split("token=")[1];
        await browser.EnterAsync("/api/v1/enter", new { token });
        Assert.Equal(HttpStatusCode.OK, await browser.StatusAsync("GET", "/api/v1/sites"));
        using var second = new Person(owned.Server.Address);
        Assert.Equal(HttpStatusCode.Gone, await second.StatusAsync("POST", "/api/v1/enter", new { token }));
        var unknown = await ServerProcess.RunAsync(new ServerOptions(), "login-link", "nobody@example.com", "--data", owned.Server.Data);
        Assert.Equal(2, unknown.ExitCode);
    }

    async Task<(Person Person, string Email)> MemberAsync(string role)
    {
        var owner = await owned.OwnerAsync();
        var email = $"{Guid.NewGuid():N}@example.com";
        return (await owner.InviteAsync(email, role), email);
    }

    /// <summary>RFC 6238 by the book: the code so many half minutes from now.</summary>
    static string CodeOf(byte[] secret, int away)
    {
        var step = (DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 30) + away;
        var counter = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The RFC's default.
        var hash = HMACSHA1.HashData(secret, counter);
#pragma warning restore CA5350
        var number = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6");
    }

    static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.TrimEnd('=').Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Where(chunk => chunk.Length == 8).Select(chunk => Convert.ToByte(new string(chunk), 2))];
    }
}
