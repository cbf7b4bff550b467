using Footfall.Adapters.Postgres;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.Postgres;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class PostgresGrantsContract(SharedPostgres shared) : GrantsContract, IAsyncLifetime
{
    PostgresDatabase? _database;

    protected override IGrants Grants => new PostgresGrants(_database!);

    public async ValueTask InitializeAsync() => _database = await shared.OpenAsync();

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override int NewSite() => new PostgresCatalog(_database!).AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default).Id;
}
