using DuckDB.NET.Data;
using Footfall.Core.Rebuild;

namespace Footfall.Adapters.DuckDb;

/// <summary>
/// Makes one history of two: the rows made anew where they may take the place of the old ones, the old ones everywhere else. What goes together is
/// found by closure: visits of the two versions that share hits, so that none of them is in both, or in neither.
/// </summary>
static class VersionCombination
{
    /// <summary>On a connection to the version after, with the version before attached as <c>before</c>.</summary>
    /// <param name="mark">Leaves the mark that it is done, within the transaction.</param>
    public static void Run(DuckDBConnection writer, RebuildScope scope, Action<RebuildRemainder> mark)
    {
        PutMissing(writer, scope.HistoryStart);
        var isCut = Lost(writer, "m.is_cut");
        if (scope.Spans is null && !isCut && !Lost(writer, "NOT m.is_cut"))
        {
            mark(new RebuildRemainder(0, 0));
            return;
        }
        PutCovered(writer, "asked", scope, long.MinValue);
        PutCovered(writer, "covered", scope, isCut ? scope.SafeFrom : long.MinValue);
        writer.RunScript("CombineVersions.sql");
        Close(writer, "old_left", "new_left");
        Close(writer, "old_taken", "new_taken");
        writer.Run("DELETE FROM old_taken t WHERE EXISTS (SELECT 1 FROM old_left l WHERE l.site = t.site AND l.visit = t.visit)");
        writer.Run("DELETE FROM new_taken t WHERE EXISTS (SELECT 1 FROM new_left l WHERE l.site = t.site AND l.visit = t.visit)");
        PutDays(writer, scope.Days);
        using var transaction = writer.BeginTransaction();
        Shift(writer, "warehouse_state");
        writer.RunScript("ReplaceUncovered.sql");
        mark(Left(writer));
        transaction.Commit();
    }

    /// <summary>Whether the version before has anything of hits that are gone.</summary>
    static bool Lost(DuckDBConnection writer, string which) => writer.Rows(
        $"""
        SELECT EXISTS (
            SELECT 1 FROM (SELECT log_offset FROM before.events UNION ALL SELECT log_offset FROM before.events_recent) e
            JOIN missing m ON e.log_offset >= m.from_offset AND e.log_offset < m.to_offset WHERE {which})
        """,
        row => row.GetBoolean(0))[0];

    /// <summary>Visits, and their events, that were to be replaced and are not.</summary>
    static RebuildRemainder Left(DuckDBConnection writer) => writer.Rows(
        """
        SELECT count(DISTINCT (site, visit))::BIGINT, count(*)::BIGINT FROM old_events SEMI JOIN (
            SELECT site, visit FROM old_ends e ANTI JOIN old_taken USING (site, visit)
            WHERE EXISTS (SELECT 1 FROM asked a WHERE a.site = e.site AND e.started_at >= a.from_at AND e.started_at < a.to_at)) USING (site, visit)
        """,
        row => new RebuildRemainder(row.GetInt64(0), row.GetInt64(1)))[0];

    /// <summary>
    /// By how much numbers are moved that were given without looking at this file's own: past all of them, sequences by a multiple of 2^21, of which
    /// the order of events of one moment is made.
    /// </summary>
    public static void Shift(DuckDBConnection writer, string state) => writer.Run(
        $"CREATE OR REPLACE TEMP TABLE shift AS SELECT next_visit AS visit, ((next_sequence + 2097151) // 2097152) * 2097152 AS sequence FROM {state}");

    static void PutMissing(DuckDBConnection writer, long historyStart) => writer.Run(
        """
        CREATE OR REPLACE TEMP TABLE missing AS
        SELECT 0::BIGINT AS from_offset, $start::BIGINT AS to_offset, true AS is_cut WHERE $start > 0
        UNION ALL SELECT log_offset, next_offset, false FROM log_damage
        """,
        ("start", historyStart));

    static void PutCovered(DuckDBConnection writer, string table, RebuildScope scope, long earliest)
    {
        writer.Run($"CREATE OR REPLACE TEMP TABLE {table} (site INTEGER, from_at TIMESTAMP, to_at TIMESTAMP)");
        using var appender = writer.CreateAppender(table);
        foreach (var span in scope.Spans ?? [.. scope.Days.Select(day => day.Site).Distinct().Select(site => new SiteSpan(site, 0, LastInstant))])
        {
            if (Math.Max(span.From, earliest) is var from && from < span.To)
                appender.CreateRow().AppendValue(span.Site).AppendValue(TimeOf(from)).AppendValue(TimeOf(span.To)).EndRow();
        }
    }

    /// <summary>The year 2200: reports end before it.</summary>
    const long LastInstant = 7_258_118_400_000;

    static void PutDays(DuckDBConnection writer, IReadOnlyList<DayStart> days)
    {
        writer.Run("CREATE OR REPLACE TEMP TABLE site_days (site INTEGER, day DATE, start_at TIMESTAMP)");
        using var appender = writer.CreateAppender("site_days");
        foreach (var day in days)
            appender.CreateRow().AppendValue(day.Site).AppendValue((DateOnly?)day.Day).AppendValue(TimeOf(day.Start)).EndRow();
    }

    /// <summary>Takes in whatever is linked with what is in, until nothing more is.</summary>
    static void Close(DuckDBConnection writer, string old, string made)
    {
        long before, after = -1;
        do
        {
            before = after;
            writer.Run($"INSERT INTO {made} SELECT DISTINCT l.site, l.new_visit FROM links l JOIN {old} o ON l.site = o.site AND l.old_visit = o.visit EXCEPT SELECT site, visit FROM {made}");
            writer.Run($"INSERT INTO {old} SELECT DISTINCT l.site, l.old_visit FROM links l JOIN {made} n ON l.site = n.site AND l.new_visit = n.visit EXCEPT SELECT site, visit FROM {old}");
            after = writer.Rows($"SELECT (SELECT count(*) FROM {old}) + (SELECT count(*) FROM {made})", row => row.GetInt64(0))[0];
        }
        while (after != before);
    }

    static DateTime TimeOf(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}
