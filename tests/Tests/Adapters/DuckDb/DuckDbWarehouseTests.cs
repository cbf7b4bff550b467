using Footfall.Adapters.DuckDb;

namespace Footfall.Tests.Adapters.DuckDb;

public sealed class DuckDbWarehouseTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-warehouse").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_an_empty_one_begun()
    {
        var path = Path.Combine(_folder, "warehouse.duckdb");
        await File.WriteAllTextAsync(path, new string('x', 20_000), TestContext.Current.CancellationToken);
        await using var warehouse = DuckDbWarehouse.OpenOrRebuild(path, 128);
        Assert.Equal(0, (await warehouse.StateAsync(0, TestContext.Current.CancellationToken)).Position.Offset);
        Assert.True(File.Exists(path + ".damaged"));
    }
}
