using Footfall.Core.Rebuild;
using Footfall.Core.Reports;
using Footfall.Core.Warehouse;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Rebuild;

/// <summary>A store that a crash may hit: before anything it does, or after, when it is done and nobody was told; and its versions between any two batches.</summary>
sealed class FaultyRebuildStore(IRebuildStore inner, Func<bool> crash) : IRebuildStore
{
    public async ValueTask CopyLiveAsync(IReadOnlyCollection<int>? sites, CancellationToken cancellation)
    {
        Crash();
        await inner.CopyLiveAsync(sites, cancellation);
        Crash();
    }

    public IWarehouse Open(RebuildSide side) => new FaultyWarehouse(inner.Open(side), crash, owns: true);

    public async ValueTask<RebuildRemainder> CombineAsync(RebuildScope scope, CancellationToken cancellation)
    {
        Crash();
        var left = await inner.CombineAsync(scope, cancellation);
        Crash();
        return left;
    }

    public async ValueTask ReadBothAsync(Func<IReportEngine, IReportEngine, Task> work, CancellationToken cancellation)
    {
        Crash();
        await inner.ReadBothAsync(work, cancellation);
    }

    public async ValueTask SwitchAsync(string rebuild, RebuildSide side, IReadOnlyCollection<int>? sites, CancellationToken cancellation)
    {
        Crash();
        await inner.SwitchAsync(rebuild, side, sites, cancellation);
        Crash();
    }

    public RebuildSide? LiveSide(string rebuild) => inner.LiveSide(rebuild);

    public bool Has(RebuildSide side) => inner.Has(side);

    public void Delete() => inner.Delete();

    void Crash()
    {
        if (crash())
            throw new CrashException();
    }
}
