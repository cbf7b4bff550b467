using DuckDB.NET.Data;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Adapters.DuckDb;

/// <summary>What processors and operators ask of a warehouse, over the tables and views of Schema.sql, wherever a connection finds them.</summary>
static class WarehouseReads
{
    public static IReadOnlyList<DefinedDays> Definitions(DuckDBConnection reader) => reader.Rows(
        "SELECT site, version, min(day), max(day), count(DISTINCT day) FROM definitions GROUP BY site, version ORDER BY site, version",
        row => new DefinedDays(row.GetInt32(0), row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3), row.GetInt64(4)));

    public static List<(UInt128 Key, DateOnly Day)> Keys(DuckDBConnection reader) => reader.Rows(
        "SELECT high, low, day FROM event_keys ORDER BY day",
        row => (new UInt128(row.GetFieldValue<ulong>(0), row.GetFieldValue<ulong>(1)), row.GetFieldValue<DateOnly>(2)));

    public static List<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(DuckDBConnection reader, int partition, long endedAt) => reader.Rows(
        $"""
        SELECT site, visitor, session_key, bot IS NOT NULL, visit, epoch_ms(started_at), epoch_ms(ended_at)
        FROM visits_all WHERE ended_at >= make_timestamp($since) AND visit >> {WarehouseState.NumberBits} = $partition
        """,
        VisitOf, ("since", Math.Max(0, endedAt) * 1000), ("partition", partition));

    /// <summary>Makes a temporary table on the connection, which is good for one call.</summary>
    public static List<(VisitorKey Visitor, VisitSpan Span)> VisitsOf(DuckDBConnection reader, int partition, IReadOnlyCollection<VisitorKey> visitors)
    {
        reader.Run("CREATE TEMP TABLE wanted (site INTEGER, visitor UBIGINT)");
        using (var appender = reader.CreateAppender("wanted"))
        {
            foreach (var (site, visitor) in visitors.Select(key => (key.Site, key.Visitor)).Distinct())
                appender.CreateRow().AppendValue(site).AppendValue(visitor).EndRow();
        }
        // Parts of one visit may be many; the span of a visit is the hull of its parts.
        return reader.Rows(
            $"""
            SELECT site, visitor, any_value(session_key), arg_min(bot, first_order) IS NOT NULL, visit,
                   epoch_ms(min(started_at)), epoch_ms(max(ended_at))
            FROM (SELECT * FROM visits UNION ALL SELECT * FROM visit_parts)
            SEMI JOIN wanted USING (site, visitor)
            WHERE visit >> {WarehouseState.NumberBits} = $partition
            GROUP BY site, visitor, visit
            """,
            VisitOf, ("partition", partition));
    }

    /// <summary>Sums by site and outcome, in the order of both, and the counts of events and visits.</summary>
    public static (List<OutcomeSum> Outcomes, long Events, long Visits) Books(DuckDBConnection reader)
    {
        var outcomes = reader.Rows(
            "SELECT site, outcome, sum(hits)::BIGINT FROM ledger GROUP BY site, outcome ORDER BY site, outcome",
            row => new OutcomeSum(row.GetInt32(0), row.GetString(1), row.GetInt64(2)));
        var (events, visits) = reader.Rows(
            "SELECT (SELECT count(*) FROM events_all), (SELECT count(*) FROM visits_all)", row => (row.GetInt64(0), row.GetInt64(1)))[0];
        return (outcomes, events, visits);
    }

    public static List<LogDamage> Damage(DuckDBConnection reader) => reader.Rows(
        "SELECT partition, log_offset, next_offset, epoch_ms(found_at) FROM log_damage ORDER BY partition, log_offset",
        row => new LogDamage(row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)));

    public static List<SetAsideHit> SetAside(DuckDBConnection reader, int partition, int? site, (long Offset, int Index) after, int limit) => reader.Rows(
        $"""
        SELECT partition, log_offset, hit, id, site, visitor, epoch_ms(received_at), sequence, reason, epoch_ms(tried_at) FROM set_aside
        WHERE {SetAsideOf(site)} AND (log_offset, hit) > ($offset, $hit) ORDER BY log_offset, hit LIMIT $limit
        """,
        row => new SetAsideHit(
            row.GetInt32(0), row.GetInt64(1), row.GetInt32(2), row.GetGuid(3), row.GetInt32(4), row.GetFieldValue<ulong>(5), row.GetInt64(6), row.GetInt64(7),
            row.GetString(8), row.GetInt64(9)),
        [("partition", partition), .. SiteOf(site), ("offset", after.Offset), ("hit", after.Index), ("limit", limit)]);

    public static long CountSetAside(DuckDBConnection reader, int partition, int? site) => reader.Rows(
        $"SELECT count(*) FROM set_aside WHERE {SetAsideOf(site)}", row => row.GetInt64(0), [("partition", partition), .. SiteOf(site)])[0];

    static string SetAsideOf(int? site) => site is null ? "partition = $partition" : "partition = $partition AND site = $site";

    static (string, object)[] SiteOf(int? site) => site is { } one ? [("site", one)] : [];

    public static List<LedgerLine> Ledger(DuckDBConnection reader, int site, long from, long to) => reader.Rows(
        """
        SELECT epoch_ms(hour), outcome, sum(hits)::BIGINT FROM ledger
        WHERE site = $site AND hour >= make_timestamp($from) AND hour < make_timestamp($to)
        GROUP BY hour, outcome ORDER BY hour, outcome
        """,
        row => new LedgerLine(site, row.GetInt64(0), row.GetString(1), row.GetInt64(2)),
        ("site", site), ("from", from * 1000), ("to", to * 1000));

    /// <summary>Makes a temporary table on the connection, which is good for one call.</summary>
    public static List<FoundEvent> Events(DuckDBConnection reader, int site, long from, long to, IReadOnlyCollection<long> logOffsets)
    {
        reader.Run("CREATE TEMP TABLE wanted (log_offset BIGINT)");
        using (var appender = reader.CreateAppender("wanted"))
        {
            foreach (var offset in logOffsets)
                appender.CreateRow().AppendValue(offset).EndRow();
        }
        return reader.Rows(
            """
            SELECT sequence, log_offset, visitor, epoch_ms(occurred_at), name, page, visit, bot IS NOT NULL
            FROM events_all SEMI JOIN wanted USING (log_offset)
            WHERE site = $site AND occurred_at >= make_timestamp($from) AND occurred_at < make_timestamp($to)
            ORDER BY sequence
            """,
            row => new FoundEvent(
                row.GetInt64(0), row.GetInt64(1), row.GetFieldValue<ulong>(2), row.GetInt64(3), row.GetString(4), row.GetString(5), row.GetInt64(6), row.GetBoolean(7)),
            ("site", site), ("from", from * 1000), ("to", to * 1000));
    }

    public static SiteActivity Activity(DuckDBConnection reader, int site) => reader.Rows(
        "SELECT epoch_ms(max(last_event_at)), epoch_ms(max(last_tracker_event_at)) FROM site_activity WHERE site = $site",
        row => new SiteActivity(row.IsDBNull(0) ? null : row.GetInt64(0), row.IsDBNull(1) ? null : row.GetInt64(1)),
        ("site", site))[0];

    static (VisitorKey, VisitSpan) VisitOf(DuckDBDataReader row) => (
        new VisitorKey(row.GetInt32(0), row.GetFieldValue<ulong>(1), row.GetFieldValue<ulong>(2), row.GetBoolean(3)),
        new VisitSpan(row.GetInt64(4), row.GetInt64(5), row.GetInt64(6)));
}
