using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Tests.Contracts;

/// <summary>The same questions with rollups in front, of which some days have one and others do not.</summary>
[Trait("speed", "slow")]
public sealed class RolledDuckDbReportEngineTests : ReportEngineContract
{
    protected override async Task WithEngineAsync(IReadOnlyList<Event> events, Func<IReportEngine, Task> test)
    {
        RollupContract.RunsWhereAskedFor();
        using var file = new FilledDuckDb(events, seed: 1);
        using var engine = new DuckDbReportEngine(file.Open, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        using var source = new DuckDbRollupSource(file.Open, TimeSpan.FromMinutes(1), 2, TimeProvider.System);
        using var store = new DuckDbRollupStore(file.Open);
        using var memory = new RollupMemory(store, 1 << 24);
        await test(new SomeDaysRolled(new RollupReportEngine(engine, source, store, memory, () => "test", TimeProvider.System), source, store));
    }
}
