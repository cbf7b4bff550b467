using DuckDB.NET.Data;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Contracts;

/// <summary>What is in a warehouse, read through the tables and views that reports read.</summary>
static class WarehouseRows
{
    public static List<NaiveVisit> Visits(DuckDBConnection reader) => Read(
        reader,
        """
        SELECT site, visitor, bot IS NOT NULL, epoch_ms(started_at), epoch_ms(ended_at), pageviews, events, entry_page, exit_page, source
        FROM visits_all ORDER BY site, visitor, started_at, ended_at, events
        """,
        rows => new NaiveVisit(
            rows.GetInt32(0), rows.GetFieldValue<ulong>(1), rows.GetBoolean(2), rows.GetInt64(3), rows.GetInt64(4), rows.GetInt32(5), rows.GetInt32(6),
            rows.IsDBNull(7) ? null : rows.GetString(7), rows.IsDBNull(8) ? null : rows.GetString(8), rows.GetString(9)));

    /// <summary>Joined, so that an event whose visit is not there is missed.</summary>
    public static long CountEvents(DuckDBConnection reader) => Read(
        reader,
        "SELECT count(*) FROM events_all e JOIN visits_all v ON e.site = v.site AND e.visit = v.visit AND e.occurred_at BETWEEN v.started_at AND v.ended_at",
        rows => rows.GetInt64(0))[0];

    /// <summary>Visits whose counts are not those of their events.</summary>
    public static long CountUneven(DuckDBConnection reader) => Read(
        reader,
        """
        SELECT count(*) FROM (SELECT site, visit, events FROM visits_all) v
        FULL JOIN (SELECT site, visit, count(*) AS events FROM events_all GROUP BY ALL) e USING (site, visit) WHERE v.events IS DISTINCT FROM e.events
        """,
        rows => rows.GetInt64(0))[0];

    public static long Count(DuckDBConnection reader, string table) => Read(reader, $"SELECT count(*) FROM {table}", rows => rows.GetInt64(0))[0];

    static List<T> Read<T>(DuckDBConnection reader, string sql, Func<DuckDBDataReader, T> read)
    {
        using var command = reader.CreateCommand();
        command.CommandText = sql;
        using var rows = command.ExecuteReader();
        var found = new List<T>();
        while (rows.Read())
            found.Add(read(rows));
        return found;
    }
}
