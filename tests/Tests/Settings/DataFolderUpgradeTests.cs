using Footfall.Server;
using Footfall.Server.Settings;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Settings;

public sealed class DataFolderUpgradeTests : IDisposable
{
    readonly string _path = Directory.CreateTempSubdirectory("footfall-upgrade-").FullName;
    readonly List<string> _ran = [];
    readonly List<string> _told = [];

    public DataFolderUpgradeTests() => File.WriteAllText(Path.Combine(_path, "version"), "1\n");

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public void Migrations_run_once_in_their_order_and_each_is_told()
    {
        Upgrade("a", "b");
        Upgrade("a", "b", "c");
        Assert.Equal(["a", "b", "c"], _ran);
        Assert.Equal(3, _told.Count);
    }

    [Fact]
    public void An_upgrade_that_was_interrupted_goes_on_with_the_migration_that_was_not_done()
    {
        var broken = new Migration("b", _ => throw new IOException("the disk is full"));
        Assert.Throws<IOException>(() => Upgrade([Named("a"), broken, Named("c")]));
        Upgrade("a", "b", "c");
        Assert.Equal(["a", "b", "c"], _ran);
    }

    [Fact]
    public void A_new_folder_needs_none_and_later_ones_run()
    {
        Directory.Delete(_path, recursive: true);
        Upgrade("a");
        Assert.Empty(_ran);
        Upgrade("a", "b");
        Assert.Equal(["b"], _ran);
    }

    [Fact]
    public void A_folder_that_a_newer_program_changed_is_refused_and_left_alone()
    {
        Upgrade("a", "b");
        var before = File.ReadAllText(Path.Combine(_path, "migrations"));
        var refused = Assert.Throws<UserErrorException>(() => Upgrade("a"));
        Assert.Contains("newer Footfall (b)", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Path.Combine(_path, "migrations")));
    }

    Migration Named(string name) => new(name, _ => _ran.Add(name));

    void Upgrade(params IEnumerable<string> names) => Upgrade([.. names.Select(Named)]);

    void Upgrade(IReadOnlyList<Migration> migrations)
    {
        using var folder = DataFolder.Take(_path);
        DataFolderUpgrade.Run(folder, migrations, new FakeTimeProvider(), _told.Add);
    }
}
