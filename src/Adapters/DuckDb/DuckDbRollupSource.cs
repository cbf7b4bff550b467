using DuckDB.NET.Data;
using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Adapters.DuckDb;

/// <summary>Reads what rollups hold from the embedded warehouse, in one snapshot of it.</summary>
/// <param name="open">Opens a connection to the warehouse's database; closed here.</param>
public sealed class DuckDbRollupSource(Func<DuckDBConnection> open, TimeSpan timeout, int atOnce, TimeProvider time) : IRollupSource, IDisposable
{
    readonly ReportRunner _runner = new(open, timeout, atOnce, time);

    public ValueTask<RollupReading> ReadAsync(
        Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions, CancellationToken cancellation) =>
        _runner.RunAsync(connection => connection.InSnapshot(() => Read(connection, site, days, dimensions)), cancellation);

    public ValueTask<SiteExtent> ExtentAsync(Site site, CancellationToken cancellation) => _runner.RunAsync(
        connection =>
        {
            var parameters = new SqlParameters();
            return connection.Query(
                $"SELECT min(occurred_at), count(*) FROM events_all WHERE site = {parameters.Add(site.Id)}", parameters,
                row => row.Read() ? new SiteExtent(TimeOrNull(row, 0), row.GetInt64(1)) : default);
        }, cancellation);

    public void Dispose() => _runner.Dispose();

    static RollupReading Read(ReportConnection connection, Site site, IReadOnlyList<DateOnly> days, IReadOnlyList<Dimension> dimensions)
    {
        var seen = new List<LogPosition>();
        DateTime? completeUntil = null;
        connection.Query("SELECT partition, log_offset, complete_until FROM warehouse_state ORDER BY complete_until DESC", new SqlParameters(), row =>
        {
            while (row.Read())
            {
                seen.Add(new LogPosition(row.GetInt32(0), row.GetInt64(1)));
                completeUntil = TimeOrNull(row, 2);
            }
            return seen;
        });
        var slices = days.SelectMany(day => new RollupDayReader(connection, site, day, dimensions).Read()).ToList();
        return new RollupReading(seen, completeUntil, slices, MadeByOn(connection, site, days));
    }

    static string MadeByOn(ReportConnection connection, Site site, IReadOnlyList<DateOnly> days)
    {
        if (days.Count == 0)
            return "";
        var parameters = new SqlParameters();
        var list = string.Join(", ", days.Select(day => parameters.Add(day)));
        return DefinitionSql.MadeByOn(connection, site.Id, $"day IN ({list})", parameters);
    }

    static DateTime? TimeOrNull(DuckDBDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDateTime(column);
}
