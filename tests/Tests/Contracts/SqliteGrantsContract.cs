using Footfall.Adapters.Sqlite;
using Footfall.Core.Accounts;
using Footfall.Core.Sites;

namespace Footfall.Tests.Contracts;

public sealed class SqliteGrantsContract : GrantsContract, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-grants").FullName;
    readonly SqliteGrants _grants;

    public SqliteGrantsContract() => _grants = new SqliteGrants(Path.Combine(_folder, "catalog.db"));

    protected override IGrants Grants => _grants;

    public void Dispose()
    {
        _grants.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    protected override int NewSite()
    {
        using var catalog = new SqliteCatalog(Path.Combine(_folder, "catalog.db"));
        return catalog.AddSite(["a.example"], "UTC", "EUR", SiteSettings.Default).Id;
    }
}
