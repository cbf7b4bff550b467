using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Contracts;

public sealed class DuckDbWarehouseContract : WarehouseContract, IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-warehouse-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override IWarehouse Open() => DuckDbWarehouse.Open(Path.Combine(_folder.FullName, "warehouse.duckdb"), 128);

    protected override DuckDBConnection Connect(IWarehouse warehouse) => ((DuckDbWarehouse)warehouse).Connect();
}
