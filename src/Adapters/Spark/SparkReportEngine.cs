using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>Answers reports by Spark, from the Parquet files of the warehouse.</summary>
/// <param name="definitionVersion">The processing logic stated where there is nothing that any could have made.</param>
public sealed class SparkReportEngine(SparkClient client, IReportFiles files, Func<string> definitionVersion)
    : SqlReportEngine(new SparkSessions(client, files), definitionVersion);
