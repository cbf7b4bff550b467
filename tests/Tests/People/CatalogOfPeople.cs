using Footfall.Adapters.Sqlite;
using Footfall.Core.Accounts;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.People;

/// <summary>A catalog in a folder of its own, a member, and a clock.</summary>
sealed class CatalogOfPeople : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-people").FullName;

    public CatalogOfPeople()
    {
        var file = Path.Combine(_folder, "catalog.db");
        (Catalog, People, Grants) = (new SqliteCatalog(file), new SqlitePeople(file), new SqliteGrants(file));
        Ada = People.AddMember(Account.First, "Ada", "ada@example.com", Role.Owner, password: null)!;
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    public SqliteCatalog Catalog { get; }

    public SqlitePeople People { get; }

    public SqliteGrants Grants { get; }

    public Member Ada { get; }

    public void Dispose()
    {
        Catalog.Dispose();
        People.Dispose();
        Grants.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
