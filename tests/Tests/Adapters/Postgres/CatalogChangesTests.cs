using Footfall.Adapters.Postgres;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Npgsql;

namespace Footfall.Tests.Adapters.Postgres;

[Trait("speed", "slow")]
public sealed class CatalogChangesTests(SharedPostgres shared) : IAsyncLifetime
{
    readonly SiteDirectory _directory = new();
    readonly List<int> _forgotten = [];
    string _connection = "";
    PostgresDatabase? _database;
    PostgresCatalog? _catalog;
    CatalogFollower? _follower;
    int _forgottenAll;

    PostgresCatalog Catalog => _catalog!;

    public async ValueTask InitializeAsync()
    {
        _connection = await shared.NewDatabaseAsync();
        _database = PostgresDatabase.Open(_connection, TimeProvider.System);
        _catalog = new PostgresCatalog(_database);
        _follower = new CatalogFollower(_catalog.Changes, _directory, keys =>
        {
            if (keys is null)
                _forgottenAll++;
            _forgotten.AddRange(keys ?? []);
        });
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void What_another_node_adds_changes_and_removes_is_here_after_the_next_turn()
    {
        var kept = Catalog.AddSite(["kept.example"], "UTC", "EUR", SiteSettings.Default);
        var gone = Catalog.AddSite(["gone.example"], "UTC", "EUR", SiteSettings.Default);
        _follower!.Follow();
        Assert.Equal([kept.Id, gone.Id], _directory.All.Select(site => site.Id));
        Catalog.UpdateSite(kept with { Domains = ["renamed.example"], Currency = "USD" });
        Catalog.RemoveSite(gone.Id);
        var heir = Catalog.AddSite(["kept.example", "gone.example"], "UTC", "EUR", SiteSettings.Default);
        _follower.Follow();
        Assert.Equal("USD", _directory.Find("renamed.example")!.Currency);
        Assert.Equal(heir.Id, _directory.Find("kept.example")!.Id);
        Assert.Equal(heir.Id, _directory.Find("gone.example")!.Id);
        Assert.Null(_directory.ById(gone.Id));
        Assert.Equal(1, _forgottenAll);
    }

    [Fact]
    public void A_turn_without_changes_reads_none_and_a_removed_key_is_forgotten()
    {
        var grants = new PostgresGrants(_database!);
        var key = grants.AddKey(Account.First, "ff_abcde", "key", ApiScopes.All, [1], DateTimeOffset.UnixEpoch);
        for (var number = 0; number < 20; number++)
            Catalog.AddSite([$"{number}.example"], "UTC", "EUR", SiteSettings.Default);
        var whole = Catalog.Changes(since: null);
        Assert.True(whole.IsWhole);
        Assert.Equal(20, whole.Sites.Count);
        Assert.Empty(Catalog.Changes(whole.Until).Sites);
        _follower!.Follow();
        grants.RemoveKey(Account.First, key.Id);
        _follower.Follow();
        Assert.Equal([key.Id], _forgotten);
        Assert.Equal(1, _forgottenAll);
    }

    [Fact]
    public async Task A_change_that_commits_after_a_younger_one_was_read_is_not_missed()
    {
        var late = Catalog.AddSite(["late.example"], "UTC", "EUR", SiteSettings.Default);
        var early = Catalog.AddSite(["early.example"], "UTC", "EUR", SiteSettings.Default);
        _follower!.Follow();
        await using var source = new NpgsqlDataSourceBuilder(_connection).BuildMultiHost().WithTargetSession(TargetSessionAttributes.Primary);
        await using var connection = await source.OpenConnectionAsync();
        await using var slow = await connection.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand($"UPDATE sites SET currency = 'JPY', changed = pg_current_xact_id() WHERE id = {late.Id}", connection))
            await command.ExecuteNonQueryAsync();
        Catalog.UpdateSite(early with { Currency = "USD" });
        _follower.Follow();
        Assert.Equal(("EUR", "USD"), (_directory.ById(late.Id)!.Currency, _directory.ById(early.Id)!.Currency));
        await slow.CommitAsync();
        _follower.Follow();
        Assert.Equal("JPY", _directory.ById(late.Id)!.Currency);
    }

    [Fact]
    public async Task How_far_the_standby_lags_is_measured_in_bytes()
    {
        await SharedPostgres.RunAsync(_connection, "CREATE TABLE written AS SELECT repeat('x', 100) FROM generate_series(1, 1000)");
        Assert.InRange(_database!.StandbyLag()!.Value, 0, 100_000_000);
    }

    [Fact]
    public void When_another_server_answers_everything_is_read_anew()
    {
        var site = Catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default);
        var whole = Catalog.Changes(since: null);
        var changes = Catalog.Changes(whole.Until with { Server = "another", Transaction = ulong.MaxValue });
        Assert.True(changes.IsWhole);
        Assert.Equal(site.Id, Assert.Single(changes.Sites).Id);
    }
}
