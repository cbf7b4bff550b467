using Footfall.Core.HitLog;

namespace Footfall.Adapters.Sql;

/// <summary>Asks where the warehouse stands.</summary>
static class StateSql
{
    /// <returns>The position in each partition that has anything, and the received time up to which everything is in; null when nothing has been worked off.</returns>
    public static ValueTask<(List<LogPosition> Seen, DateTime? CompleteUntil)> ReadAsync(ISqlSession session) => session.QueryAsync(
        "SELECT partition, log_offset, complete_until FROM warehouse_state ORDER BY complete_until DESC", new SqlParameters(session.Dialect), Read);

    static (List<LogPosition> Seen, DateTime? CompleteUntil) Read(ISqlRows rows)
    {
        var seen = new List<LogPosition>();
        DateTime? completeUntil = null;
        while (rows.Read())
        {
            seen.Add(new LogPosition(rows.GetInt32(0), rows.GetInt64(1)));
            completeUntil = rows.IsDBNull(2) ? null : rows.GetDateTime(2);
        }
        return (seen, completeUntil);
    }
}
