using Footfall.Adapters.Postgres;
using Footfall.Servers;
using Npgsql;

[assembly: AssemblyFixture(typeof(Footfall.Tests.Adapters.Postgres.SharedPostgres))]

namespace Footfall.Tests.Adapters.Postgres;

/// <summary>The pair of servers of all tests that do it no harm, started by the first that asks. Each test has a database of its own.</summary>
public sealed class SharedPostgres : IAsyncDisposable
{
    readonly Lazy<Task<PostgresPair>> _pair = new(() => PostgresPair.StartAsync());
    int _databases;

    public Task<PostgresPair> PairAsync() => _pair.Value;

    /// <summary>An empty database on both servers.</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> NewDatabaseAsync()
    {
        var pair = await PairAsync();
        var name = $"test_{Interlocked.Increment(ref _databases)}";
        await RunAsync(pair.To("postgres"), $"CREATE DATABASE {name}");
        return pair.To(name);
    }

    public async Task<PostgresDatabase> OpenAsync() => PostgresDatabase.Open(await NewDatabaseAsync(), TimeProvider.System);

    /// <summary>Runs a statement as an operator would, on the primary.</summary>
    public static async Task RunAsync(string connection, string sql)
    {
        await using var source = new NpgsqlDataSourceBuilder(connection + ";Pooling=false").BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_pair.IsValueCreated && _pair.Value.IsCompletedSuccessfully)
            await (await _pair.Value).DisposeAsync();
    }
}
