using Footfall.Adapters.Spark;
using Footfall.Core.Enrichment;
using Footfall.Core.Reports;
using Footfall.Tests.Adapters.Spark;

namespace Footfall.Tests.Contracts;

/// <summary>The same Parquet folders as DuckDB's, read by a real Spark: every seventh question, or all with FOOTFALL_SPARK_WHOLE=true.</summary>
[Trait("speed", "slow")]
[Collection(SharedSpark.Collection)]
public sealed class SparkReportEngineTests(SharedSpark spark) : ReportEngineContract
{
    protected override int OneOf => Environment.GetEnvironmentVariable("FOOTFALL_SPARK_WHOLE") == "true" ? 1 : 7;

    protected override async Task WithEngineAsync(IReadOnlyList<Event> events, Func<IReportEngine, Task> test)
    {
        using var folder = await FilledParquet.MakeAsync(events, seed: events.Count);
        using var client = spark.Client(folder.Path);
        using var engine = new SparkReportEngine(client, folder.Tables, () => "test");
        await test(engine);
    }
}
