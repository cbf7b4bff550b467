using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb;

/// <summary>Deletes the rows of a site, or of one visitor of it.</summary>
static class Forgetting
{
    static readonly string[] Tables = ["events", "events_recent", "visits", "visit_parts", "set_aside"];

    /// <summary>Within the caller's transaction.</summary>
    public static ForgottenRows Run(DuckDBConnection writer, LogPosition position, int site, ulong? visitor)
    {
        var who = visitor is null ? "site = $site" : "site = $site AND visitor = $visitor";
        (string, object)[] values = visitor is { } one ? [("site", site), ("visitor", one)] : [("site", site)];
        var counts = writer.Rows(
            $"SELECT (SELECT count(*) FROM events_all WHERE {who}), (SELECT count(DISTINCT visit) FROM visits_all WHERE {who})",
            row => (Events: row.GetInt64(0), Visits: row.GetInt64(1)), values)[0];
        writer.Run("INSERT INTO ledger " + LedgerOf($"(SELECT * FROM events_all WHERE {who})"), values);
        writer.Run("INSERT INTO ledger " + LedgerOfSetAside($"(SELECT * FROM set_aside WHERE {who})"), values);
        writer.Run($"DELETE FROM items WHERE site = $site AND sequence IN (SELECT sequence FROM events_all WHERE {who})", values);
        foreach (var table in Tables)
            writer.Run($"DELETE FROM {table} WHERE {who}", values);
        if (visitor is null)
            writer.Run("DELETE FROM site_activity WHERE site = $site", values);
        return new ForgottenRows(position, counts.Events, counts.Visits);
    }

    /// <summary>The lines that take events out of what they were counted as, and among the erased.</summary>
    /// <param name="events">A relation that holds them.</param>
    public static string LedgerOf(string events) => LedgerOf(events, $"CASE WHEN bot IS NULL THEN '{Outcomes.Counted}' ELSE '{Outcomes.Bot}' END");

    /// <summary>The same of hits that are set aside.</summary>
    public static string LedgerOfSetAside(string hits) => LedgerOf(hits, $"'{Outcomes.SetAside}'");

    static string LedgerOf(string rows, string outcome) =>
        $"""
        WITH counted AS (
            SELECT site, date_trunc('hour', received_at) AS hour, {outcome} AS outcome, count(*) AS hits FROM {rows} GROUP BY ALL)
        SELECT site, hour, outcome, -hits FROM counted
        UNION ALL
        SELECT site, hour, '{Outcomes.Erased}', hits FROM counted
        """;
}
