using Footfall.Adapters.Postgres;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.Postgres;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class PostgresCatalogContract(SharedPostgres shared) : CatalogContract, IAsyncLifetime
{
    string _connection = "";
    string _data = "";

    public async ValueTask InitializeAsync()
    {
        _connection = await shared.NewDatabaseAsync();
        _data = (await shared.PairAsync()).Primary.Data;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override void Using(Action<ICatalog> act)
    {
        using var database = PostgresDatabase.Open(_connection, TimeProvider.System);
        act(new PostgresCatalog(database));
    }

    /// <summary>The write-ahead log is another matter: it is recycled by checkpoints, and docs/operate.md says what not to keep of it.</summary>
    protected override IEnumerable<string> FilesAtRest()
    {
        SharedPostgres.RunAsync(_connection, "CHECKPOINT").GetAwaiter().GetResult();
        return Directory.EnumerateFiles(Path.Combine(_data, "base"), "*", SearchOption.AllDirectories);
    }
}
