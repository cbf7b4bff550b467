using Footfall.Adapters.Postgres;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;

namespace Footfall.Tests.Adapters.Postgres;

[Trait("speed", "slow")]
public sealed class SchemaTests(SharedPostgres shared)
{
    [Fact]
    public async Task Many_nodes_that_start_at_once_on_an_empty_database_all_come_to_run_on_one_schema()
    {
        var connection = await shared.NewDatabaseAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PostgresDatabase.Open(connection, TimeProvider.System))));
        Assert.NotNull(new PostgresPeople(nodes[0]).FindAccount(Account.First));
        foreach (var node in nodes)
        {
            Assert.Empty(new PostgresCatalog(node).Sites());
            node.Dispose();
        }
        using var again = PostgresDatabase.Open(connection, TimeProvider.System);
        Assert.Equal(1, new PostgresCatalog(again).AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default).Id);
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_refused_in_one_sentence()
    {
        var connection = await shared.NewDatabaseAsync();
        PostgresDatabase.Open(connection, TimeProvider.System).Dispose();
        await SharedPostgres.RunAsync(connection, "INSERT INTO schema_versions (version, name) VALUES (4711, 'of the future')");
        var refused = Assert.Throws<DatabaseUnavailableException>(() => PostgresDatabase.Open(connection, TimeProvider.System));
        Assert.Contains("version 4711, was made by a newer Footfall", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_half_way_leaves_the_schema_as_it_was()
    {
        var connection = await shared.NewDatabaseAsync();
        await SharedPostgres.RunAsync(connection, "CREATE TABLE leases (mine integer)");
        Assert.ThrowsAny<Exception>(() => PostgresDatabase.Open(connection, TimeProvider.System));
        await SharedPostgres.RunAsync(connection, "DO $$ BEGIN ASSERT to_regclass('sites') IS NULL, 'a half schema is there'; END $$");
        await SharedPostgres.RunAsync(connection, "DROP TABLE leases");
        PostgresDatabase.Open(connection, TimeProvider.System).Dispose();
    }

    [Fact]
    public void A_database_that_nobody_reaches_is_told_within_seconds()
    {
        var began = TimeProvider.System.GetTimestamp();
        var unreachable = Assert.Throws<DatabaseUnavailableException>(() =>
            PostgresDatabase.Open($"Host=127.0.0.1:{Footfall.Servers.Loopback.FreePort()};Username=nobody", TimeProvider.System));
        Assert.StartsWith("The database cannot be reached", unreachable.Message, StringComparison.Ordinal);
        Assert.InRange(TimeProvider.System.GetElapsedTime(began), TimeSpan.Zero, PostgresDatabase.Patience * 3);
    }
}
