using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>Reads what rollups hold by Spark, from the Parquet files of the warehouse.</summary>
public sealed class SparkRollupSource(SparkClient client, IReportFiles files) : SqlRollupSource(new SparkSessions(client, files));
