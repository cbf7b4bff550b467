using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;

namespace Footfall.Tests.Contracts;

[Trait("speed", "slow")]
public sealed class DuckDbReportEngineTests : ReportEngineContract
{
    protected override async Task WithEngineAsync(IReadOnlyList<Event> events, Func<IReportEngine, Task> test)
    {
        using var file = new FilledDuckDb(events, seed: 1);
        using var engine = new DuckDbReportEngine(file.Open, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        await test(engine);
    }
}
