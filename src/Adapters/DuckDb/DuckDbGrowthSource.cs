using Footfall.Adapters.Sql;

namespace Footfall.Adapters.DuckDb;

/// <summary>Tells by DuckDB what came into the warehouse.</summary>
public sealed class DuckDbGrowthSource(IReportTables tables, TimeSpan timeout, TimeProvider time)
    : SqlGrowthSource(new DuckDbSessions(tables, timeout, atOnce: 1, time));
