using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Warehouse;
using Footfall.Tests.Adapters.DuckDb.Parquet;

namespace Footfall.Tests.Simulation;

/// <summary>Files so small that sorted ones are cut, merged, and kept with amended visits in them; and a disk that stops at any of its calls.</summary>
[Trait("speed", "slow")]
public sealed class ParquetSimulation : ProcessorSimulation, IDisposable
{
    const int StopEvery = 400;

    readonly ParquetScratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    protected override int Visitors => 40;

    protected override IWarehouse Open(Random random) => _scratch.Open(
        new FailingWarehouseDisk(() => random.Next(StopEvery) == 0),
        with: options => options with { FileRows = random.Next(2) == 0 ? 100 : 1_000, AmendedMax = random.Next(1, 60) });

    protected override DuckDBConnection Connect(IWarehouse warehouse) => ((ParquetWarehouse)warehouse).Connect();
}
