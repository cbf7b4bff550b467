using Footfall.Adapters.Postgres;
using Footfall.Core.Leases;
using Footfall.Tests.Adapters.Postgres;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class PostgresLeasesContract(SharedPostgres shared) : LeasesContract, IAsyncLifetime
{
    readonly List<PostgresLeases> _opened = [];
    PostgresDatabase? _database;

    public async ValueTask InitializeAsync() => _database = await shared.OpenAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var leases in _opened)
            await leases.DisposeAsync();
        _database?.Dispose();
    }

    protected override Task<ILeases> OpenAsync()
    {
        _opened.Add(new PostgresLeases(_database!, TimeProvider.System));
        return Task.FromResult<ILeases>(_opened[^1]);
    }
}
