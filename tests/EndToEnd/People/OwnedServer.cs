[assembly: AssemblyFixture(typeof(Footfall.EndToEnd.People.OwnedServer))]

namespace Footfall.EndToEnd.People;

/// <summary>A server with an owner and a site, for tests that take nothing away from them.</summary>
public sealed class OwnedServer : IAsyncLifetime
{
    public const string Site = "owned.example";

    readonly SemaphoreSlim _starting = new(1);
    FootfallServer? _server;
    Person? _owner;

    public FootfallServer Server => _server!;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _owner?.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
        _starting.Dispose();
    }

    /// <summary>The owner, signed in; started when the first test asks.</summary>
    internal async Task<Person> OwnerAsync()
    {
        await _starting.WaitAsync();
        try
        {
            if (_owner is null)
            {
                _server = await FootfallServer.StartAsync();
                var owner = await Person.OwnerAsync(_server);
                await owner.JsonAsync("POST", "/api/v1/sites", new { domains = new[] { Site } });
                _owner = owner;
            }
            return _owner;
        }
        finally
        {
            _starting.Release();
        }
    }
}
