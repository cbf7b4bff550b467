using Footfall.Adapters.Sqlite;
using Footfall.Core.Sites;

namespace Footfall.Tests.Contracts;

public sealed class SqliteCatalogContract : CatalogContract, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-catalog").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    protected override void Using(Action<ICatalog> act)
    {
        using var catalog = new SqliteCatalog(Path.Combine(_folder, "catalog.db"));
        act(catalog);
    }

    protected override IEnumerable<string> FilesAtRest() => Directory.GetFiles(_folder);
}
