using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Warehouse;
using Footfall.Tests.Adapters.DuckDb.Parquet;

namespace Footfall.Tests.Contracts;

public sealed class ParquetWarehouseContract : WarehouseContract, IDisposable
{
    readonly ParquetScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    protected override IWarehouse Open() => _scratch.Open();

    protected override DuckDBConnection Connect(IWarehouse warehouse) => ((ParquetWarehouse)warehouse).Connect();
}
