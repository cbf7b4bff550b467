using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>Tells by Spark what came into the Parquet files of the warehouse.</summary>
public sealed class SparkGrowthSource(SparkClient client, IReportFiles files) : SqlGrowthSource(new SparkSessions(client, files));
