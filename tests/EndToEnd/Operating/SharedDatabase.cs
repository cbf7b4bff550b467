using System.Net;
using Footfall.EndToEnd.People;
using Footfall.Servers;

namespace Footfall.EndToEnd.Operating;

/// <summary>Two servers whose catalog is in PostgreSQL, a primary with its standby, and whose answers are kept in memcached.</summary>
public sealed class SharedDatabase : IAsyncLifetime
{
    static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);
    static readonly string[] Shop = ["shop.example"];
    static readonly string[] Another = ["new.example"];
    static readonly string[] AllScopes = ["reports:read", "events:write", "sites:admin"];

    PostgresPair? _pair;
    MemcachedNode? _memcached;

    public async ValueTask InitializeAsync() => (_pair, _memcached) = (await PostgresPair.StartAsync(), await MemcachedNode.StartAsync());

    public async ValueTask DisposeAsync()
    {
        if (_memcached is not null)
            await _memcached.DisposeAsync();
        if (_pair is not null)
            await _pair.DisposeAsync();
    }

    [Fact]
    public async Task Who_signed_up_and_the_site_they_made_are_there_after_a_restart_and_on_every_server()
    {
        await using var first = await FootfallServer.StartAsync(Options());
        using var owner = await Person.OwnerAsync(first);
        await using var second = await FootfallServer.StartAsync(Options());
        await owner.JsonAsync("POST", "/api/v1/sites", new { domains = Shop });
        var key = await owner.JsonAsync("POST", "/api/v1/keys", new { name = "program", scopes = AllScopes });
        Assert.False(File.Exists(Path.Combine(first.Data, "catalog.db")));

        using var program = new Person(second.Address);
        var secret = key.GetProperty("key").GetString();
        await EventuallyAsync(async () => await program.StatusAsync("GET", "/api/v1/sites/shop.example", bearer: secret) == HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Accepted, await program.StatusAsync("POST", "/api/v1/events", Sent.PageView("shop.example", 1), secret));
        Assert.Equal(1, (await second.Api.SettledLedgerAsync("shop.example")).Totals.Accepted);

        Assert.Equal(HttpStatusCode.NoContent, await owner.StatusAsync("DELETE", $"/api/v1/keys/{key.GetProperty("id").GetInt32()}"));
        await EventuallyAsync(async () => await program.StatusAsync("GET", "/api/v1/sites", bearer: secret) == HttpStatusCode.Unauthorized);

        Assert.Equal(0, await first.StopAsync(TimeSpan.FromSeconds(20)));
        await first.StartAgainAsync();
        using var again = new Person(first.Address);
        Assert.Equal(HttpStatusCode.OK, (await again.SignInAsync("ADA@example.com", Person.Password)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, await again.StatusAsync("GET", "/api/v1/sites/shop.example"));
    }

    [Fact]
    public async Task Without_a_primary_events_are_taken_and_reports_answered_changes_are_put_off_and_all_is_well_after_the_promotion()
    {
        await using var server = await FootfallServer.StartAsync(Options());
        using var owner = await Person.OwnerAsync(server);
        await server.Api.AddSiteAsync("shop.example");
        Assert.Equal(HttpStatusCode.Accepted, await owner.StatusAsync("POST", "/api/v1/events", Sent.PageView("shop.example", 1)));

        await _pair!.Primary.KillAsync();
        Assert.Equal(HttpStatusCode.Accepted, await owner.StatusAsync("POST", "/api/v1/events", Sent.PageView("shop.example", 2)));
        Assert.Equal(HttpStatusCode.OK, await owner.StatusAsync("GET", "/api/v1/sites/shop.example"));
        using (var refused = await owner.SendAsync("POST", "/api/v1/sites", new { domains = Another }))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        await _pair.Standby.PromoteAsync();
        await EventuallyAsync(async () => await owner.StatusAsync("POST", "/api/v1/sites", new { domains = Another }) == HttpStatusCode.Created);
        Assert.Equal(2, (await server.Api.SettledLedgerAsync("shop.example")).Totals.Accepted);
    }

    [Fact]
    public async Task A_backup_says_that_the_catalog_is_elsewhere_and_a_database_that_is_away_is_one_sentence()
    {
        await using var server = await FootfallServer.StartAsync(Options());
        await server.Api.AddSiteAsync("shop.example");
        var folder = Directory.CreateTempSubdirectory("footfall-backup-").FullName;
        var (code, said, error) = await ServerProcess.RunAsync(Options(), "backup", "create", folder, "--data", server.Data);
        Assert.True(code == 0, error);
        Assert.Contains("The catalog is in the database and not in this backup", said, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);

        var nobody = new ServerOptions
        {
            Environment = new Dictionary<string, string> { ["FOOTFALL_DATABASE"] = $"Host=127.0.0.1:{Loopback.FreePort()};Username=nobody;Database=none" },
        };
        var data = Directory.CreateTempSubdirectory("footfall-").FullName;
        (code, _, error) = await ServerProcess.RunAsync(nobody, "serve", "--listen", "127.0.0.1:0", "--data", data);
        Assert.Equal(2, code);
        Assert.StartsWith("The database cannot be reached", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Directory.Delete(data, recursive: true);
    }

    ServerOptions Options() => new()
    {
        Environment = new Dictionary<string, string> { ["FOOTFALL_DATABASE"] = _pair!.To("postgres"), ["FOOTFALL_CACHE"] = _memcached!.Address },
    };

    static async Task EventuallyAsync(Func<Task<bool>> isSo)
    {
        using var late = new CancellationTokenSource(Soon);
        while (!await isSo())
            await Task.Delay(100, late.Token);
    }
}
