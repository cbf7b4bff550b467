using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Simulation;

[Trait("speed", "slow")]
public sealed class DuckDbSimulation : ProcessorSimulation, IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-sim-");

    public void Dispose() => _folder.Delete(recursive: true);

    protected override IWarehouse Open(Random random) => DuckDbWarehouse.Open(Path.Combine(_folder.FullName, "warehouse.duckdb"), 256);

    protected override DuckDBConnection Connect(IWarehouse warehouse) => ((DuckDbWarehouse)warehouse).Connect();
}
