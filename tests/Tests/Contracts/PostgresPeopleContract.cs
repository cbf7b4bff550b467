using Footfall.Adapters.Postgres;
using Footfall.Core.Accounts;
using Footfall.Tests.Adapters.Postgres;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class PostgresPeopleContract(SharedPostgres shared) : PeopleContract, IAsyncLifetime
{
    PostgresDatabase? _database;

    protected override IPeople People => new PostgresPeople(_database!);

    public async ValueTask InitializeAsync() => _database = await shared.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }
}
