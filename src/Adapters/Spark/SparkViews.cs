using System.Globalization;
using Footfall.Adapters.Sql;

namespace Footfall.Adapters.Spark;

/// <summary>Shows files as the views that reports read, in one session; those of DuckDB are made from the same files in the same way.</summary>
sealed class SparkViews(SparkSession session, SparkOptions options)
{
    ReportFiles? _shown;
    int? _site;

    /// <exception cref="SparkException">Some of the views may be new and others old: the session is of no use any more.</exception>
    public async Task ShowAsync(ReportFiles files, int? site, CancellationToken cancellation)
    {
        if (site == _site && files.AreSame(_shown))
            return;
        await Task.WhenAll(
            FilesAsync("event_files", SparkSchema.Events, files.Events, cancellation),
            FilesAsync("visit_files", SparkSchema.Visits, files.Visits, cancellation),
            FilesAsync("part_files", SparkSchema.Visits, files.VisitParts, cancellation),
            FilesAsync("definitions", SparkSchema.Definitions, files.Definitions, cancellation),
            files.Amended.Count == 0 ? Task.CompletedTask : FilesAsync("amended", SparkSchema.Amended, files.Amended, cancellation),
            session.ShowQueryAsync("warehouse_state", State(files), cancellation));
        var where = site is { } one ? string.Create(CultureInfo.InvariantCulture, $" WHERE site = {one}") : "";
        var amended = files.Amended.Count > 0;
        await Task.WhenAll(
            session.ShowQueryAsync("events_all", Relabelled("event_files", SparkSchema.Events, amended, where), cancellation),
            session.ShowQueryAsync("visits_all", Visits(files, amended, where), cancellation));
        (_shown, _site) = (files, site);
    }

    Task FilesAsync(string name, string schema, IReadOnlyList<string> files, CancellationToken cancellation) => files.Count == 0
        ? session.ShowQueryAsync(name, SparkSchema.Nothing(schema), cancellation)
        : session.ShowFilesAsync(name, schema, files.Select(options.AddressOf), cancellation);

    /// <summary>The rows with the visits that they belong to by now.</summary>
    static string Relabelled(string files, string schema, bool amended, string where) => amended
        ? $"""
            SELECT * FROM (
                SELECT {SparkSchema.Columns(schema, "r", name => name == "visit" ? "coalesce(a.whole, r.visit)" : null)}
                FROM {files} r LEFT JOIN amended a ON a.site = r.site AND a.visit = r.visit){where}
            """
        : $"SELECT {SparkSchema.Columns(schema, "r")} FROM {files} r{where}";

    static string Visits(ReportFiles files, bool amended, string where)
    {
        var standing = $"SELECT {SparkSchema.Columns(SparkSchema.Visits, "r")} FROM visit_files r{(amended ? " ANTI JOIN amended a ON a.site = r.site AND a.visit = r.visit" : "")}{where}";
        return files.VisitParts.Count == 0 ? standing : $"{standing} UNION ALL {Merged(Relabelled("part_files", SparkSchema.Visits, amended, where))}";
    }

    /// <summary>One row a visit from its parts; see MergedParts.sql, whose aggregates leave out what is null.</summary>
    static string Merged(string parts)
    {
        string[] first =
        [
            "source", "medium", "campaign", "content", "term", "channel", "referrer", "country", "region", "city", "browser", "browser_version", "os", "os_version",
            "device", "screen_class", "language",
        ];
        string[] sums = ["pageviews", "events", "interactions", "key_events", "engagement_ms"];
        var columns = SparkSchema.Names(SparkSchema.Visits).Select(column => column.Name switch
        {
            "site" or "visit" => $"p.{column.Name}",
            "bot" or "entry_page" => $"min_by(p.{column.Name}, p.{(column.Name == "bot" ? "first_order" : "entry_order")}) FILTER (WHERE p.{column.Name} IS NOT NULL) AS {column.Name}",
            "exit_page" => "max_by(p.exit_page, p.exit_order) FILTER (WHERE p.exit_page IS NOT NULL) AS exit_page",
            "started_at" or "first_order" or "entry_order" => $"min(p.{column.Name}) AS {column.Name}",
            "ended_at" or "exit_order" or "identity" => $"max(p.{column.Name}) AS {column.Name}",
            "visitor" or "session_key" => $"any_value(p.{column.Name}) AS {column.Name}",
            var name when first.Contains(name, StringComparer.Ordinal) => $"min_by(p.{name}, p.first_order) AS {name}",
            var name when sums.Contains(name, StringComparer.Ordinal) => $"CAST(sum(p.{name}) AS {column.Type}) AS {name}",
            var name => throw new InvalidOperationException($"No rule says what {name} of a visit is that has several parts."),
        });
        return $"SELECT {string.Join(", ", columns)} FROM ({parts}) p GROUP BY p.site, p.visit";
    }

    /// <summary>Of the columns those that are asked for.</summary>
    static string State(ReportFiles files)
    {
        if (files.State.Count == 0)
            return SparkSchema.Nothing("partition INT, log_offset BIGINT, complete_until TIMESTAMP");
        var rows = files.State.Select(state => string.Create(CultureInfo.InvariantCulture,
            $"({state.Position.Partition}, {state.Position.Offset}L, timestamp_millis({state.CompleteUntil}L))"));
        return $"SELECT * FROM (VALUES {string.Join(", ", rows)}) AS s(partition, log_offset, complete_until)";
    }
}
