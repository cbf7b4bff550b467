using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class ParquetReportEngineTests : ReportEngineContract
{
    protected override async Task WithEngineAsync(IReadOnlyList<Event> events, Func<IReportEngine, Task> test)
    {
        using var folder = await FilledParquet.MakeAsync(events, seed: events.Count);
        using var engine = new DuckDbReportEngine(folder.Tables, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        await test(engine);
    }
}
