[assembly: AssemblyFixture(typeof(Footfall.EndToEnd.SharedServer))]

namespace Footfall.EndToEnd;

/// <summary>The one server of all tests that do it no harm. Each test has a site of its own.</summary>
public sealed class SharedServer : IAsyncLifetime
{
    int _sites;

    public FootfallServer Server { get; private set; } = null!;

    public FootfallApi Api => Server.Api;

    public HttpClient Visitor => Server.Visitor;

    public async ValueTask InitializeAsync() => Server = await FootfallServer.StartAsync();

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    /// <returns>The domain of a new site.</returns>
    public async Task<string> NewSiteAsync(object? settings = null)
    {
        var domain = $"site-{Interlocked.Increment(ref _sites)}.example";
        await Api.AddSiteAsync(domain, settings);
        return domain;
    }
}
