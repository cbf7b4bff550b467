using Footfall.Adapters.DuckDb.Parquet;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>A folder for one test's warehouse of Parquet files, opened as often as by a process each.</summary>
sealed class ParquetScratch(int partitions = 1) : IDisposable
{
    readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("footfall-parquet-");
    readonly List<ParquetTables> _opened = [];

    public string Path => System.IO.Path.Combine(_parent.FullName, "shared");

    public string[] Files => Directory.Exists(Path) ? [.. Directory.GetFiles(Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)] : [];

    public string[] Manifests => [.. Files.Where(file => file.EndsWith(".json", StringComparison.Ordinal))];

    public ParquetTables OpenTables(WarehouseDisk? disk = null, TimeProvider? time = null, Func<ParquetOptions, ParquetOptions>? with = null)
    {
        Directory.CreateDirectory(Path);
        var options = new ParquetOptions
        {
            Folder = Path,
            Disk = disk ?? new WarehouseDisk(_ => { }, _ => { }),
            Partitions = [.. Enumerable.Range(0, partitions)],
            Scratch = System.IO.Path.Combine(_parent.FullName, $"scratch-{_opened.Count}"),
            Time = time ?? TimeProvider.System,
            MemoryMiB = 256,
            FanOut = 4,
        };
        var tables = new ParquetTables(with is null ? options : with(options));
        _opened.Add(tables);
        return tables;
    }

    public ParquetWarehouse Open(WarehouseDisk? disk = null, TimeProvider? time = null, Func<ParquetOptions, ParquetOptions>? with = null) =>
        new(OpenTables(disk, time, with));

    public void Dispose()
    {
        foreach (var tables in _opened)
            tables.Dispose();
        _parent.Delete(recursive: true);
    }
}
