using Footfall.Adapters.Sqlite;
using Footfall.Core.Accounts;

namespace Footfall.Tests.Contracts;

public sealed class SqlitePeopleContract : PeopleContract, IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-people").FullName;
    readonly SqlitePeople _people;

    public SqlitePeopleContract() => _people = new SqlitePeople(Path.Combine(_folder, "catalog.db"));

    protected override IPeople People => _people;

    public void Dispose()
    {
        _people.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
