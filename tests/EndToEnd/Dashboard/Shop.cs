[assembly: AssemblyFixture(typeof(Footfall.EndToEnd.Dashboard.Shop))]

namespace Footfall.EndToEnd.Dashboard;

/// <summary>A server with a shop of two months, a site without a visitor, and their owner, for tests that take nothing away. Started when the first test asks.</summary>
public sealed class Shop : IAsyncLifetime
{
    public const string Site = "shop.example";
    public const string Empty = "empty.example";

    readonly SemaphoreSlim _starting = new(1);
    FootfallServer? _server;
    string _link = "";

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _starting.Dispose();
    }

    /// <summary>A browser of somebody who has signed in, on a page.</summary>
    internal async Task<Visit> OpenAsync(string path, BrowserLook? look = null)
    {
        var server = await ServerAsync();
        var visit = await Visit.OpenAsync(server, look);
        await visit.SignInAsync();
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>A browser of a stranger, on a page.</summary>
    internal async Task<Visit> OpenAsStrangerAsync(string path, BrowserLook? look = null)
    {
        var visit = await Visit.OpenAsync(await ServerAsync(), look);
        await visit.GoAsync(path);
        return visit;
    }

    /// <summary>The path of a link that shows the shop to anybody.</summary>
    internal async Task<string> LinkAsync()
    {
        await ServerAsync();
        return _link;
    }

    async Task<FootfallServer> ServerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            return _server ??= await BeginAsync();
        }
        finally
        {
            _starting.Release();
        }
    }

    async Task<FootfallServer> BeginAsync()
    {
        var server = await FootfallServer.StartAsync();
        await server.Api.AddSiteAsync(Site, timeZone: "Europe/Berlin");
        await server.Api.AddSiteAsync(Empty);
        using var owner = await People.Person.OwnerAsync(server);
        _link = (await owner.JsonAsync("POST", $"/api/v1/sites/{Site}/links", new { name = "board" })).GetProperty("address").GetString()!;
        await owner.JsonAsync("POST", $"/api/v1/sites/{Site}/annotations", new { date = DateTime.UtcNow.AddDays(-12).ToString("yyyy-MM-dd"), text = "In the papers" });
        foreach (var batch in new ShopTraffic(Site, DateTimeOffset.UtcNow).Make().Chunk(1_000))
            (await server.Api.SendAsync(FootfallApi.ToJson(batch))).EnsureSuccessStatusCode().Dispose();
        await server.Api.SettledLedgerAsync(Site);
        return server;
    }
}
