using Footfall.Adapters.Sqlite;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;
using Microsoft.Data.Sqlite;

namespace Footfall.Tests.Adapters.Sqlite;

public sealed class CatalogUpgradeTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-upgrade").FullName;

    string File => Path.Combine(_folder, "catalog.db");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_catalog_of_version_1_keeps_its_sites_and_keys_which_come_to_belong_to_the_first_account()
    {
        MakeVersion1();
        SqliteCatalog.Upgrade(File);
        SqliteCatalog.Upgrade(File);
        using var catalog = new SqliteCatalog(File);
        using var grants = new SqliteGrants(File);
        var site = catalog.Sites().Single();
        Assert.Equal((7, "old.example", Account.First), (site.Id, site.Domain, site.Account));
        var key = grants.FindKey([1, 2, 3])!;
        Assert.Equal(("first key", ApiScopes.All, Account.First), (key.Label, key.Scopes, key.Account));
        Assert.Null(key.LastUsedAt);
        Assert.Equal(8, catalog.AddSite(["new.example"], "UTC", "EUR", SiteSettings.Default).Id);
        using var people = new SqlitePeople(File);
        Assert.False(people.HasMembers);
        Assert.NotNull(people.FindAccount(Account.First));
    }

    [Fact]
    public void A_copy_holds_members_and_keys_but_no_session_and_no_link_that_signs_in()
    {
        using (var people = new SqlitePeople(File))
        {
            var ada = people.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, null)!;
            people.AddSession(ada.Id, [1], DateTimeOffset.UnixEpoch, "", "");
            people.AddOneTimeLink(new OneTimeLink(ada.Id, DateTimeOffset.MaxValue.AddYears(-1)), [2]);
        }
        var copy = Path.Combine(_folder, "copy.db");
        SqliteCatalog.Copy(File, copy);
        using var restored = new SqlitePeople(copy);
        Assert.NotNull(restored.FindMember("ADA@example.com"));
        Assert.Null(restored.FindSession([1], out _));
        Assert.Null(restored.FindOneTimeLink([2]));
    }

    [Fact]
    public void A_copy_of_a_catalog_of_version_1_can_be_made_too()
    {
        MakeVersion1();
        var copy = Path.Combine(_folder, "copy.db");
        SqliteCatalog.Copy(File, copy);
        SqliteCatalog.Upgrade(copy);
        using var catalog = new SqliteCatalog(copy);
        Assert.Single(catalog.Sites());
    }

    void MakeVersion1()
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """
            CREATE TABLE sites (id INTEGER PRIMARY KEY AUTOINCREMENT, time_zone TEXT NOT NULL, currency TEXT NOT NULL, settings TEXT NOT NULL) STRICT;
            CREATE TABLE domains (domain TEXT PRIMARY KEY COLLATE NOCASE, site INTEGER NOT NULL REFERENCES sites(id) ON DELETE CASCADE, place INTEGER NOT NULL) STRICT;
            CREATE INDEX domains_by_site ON domains(site);
            CREATE TABLE api_keys (hash BLOB PRIMARY KEY, prefix TEXT NOT NULL, label TEXT NOT NULL, scopes INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
            CREATE TABLE daily_secrets (day TEXT PRIMARY KEY, secret BLOB NOT NULL, destroy_after INTEGER NOT NULL) STRICT;
            INSERT INTO sites VALUES (7, 'UTC', 'EUR', '{}');
            INSERT INTO domains VALUES ('old.example', 7, 0);
            INSERT INTO api_keys VALUES (x'010203', 'ff_abcde', 'first key', 7, 1000);
            PRAGMA user_version = 1;
            """;
        command.ExecuteNonQuery();
    }
}
