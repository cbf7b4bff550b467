using System.Diagnostics;
using System.Globalization;
using System.Text;
using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb;
using Footfall.Core.Reports;
using Footfall.Core.Sites;

namespace Footfall.Bench;

/// <summary>
/// The dashboard's questions through the report engine, against the same questions as SQL typed at DuckDB over the same file, in turns within the
/// same minutes. The typed SQL finds the rows only; the engine also recounts totals, counts rows and states identity and completeness.
/// </summary>
public static class ReportBench
{
    const int Turns = 5;
    static readonly Site Shop = new(1, ["shop.example"], "Europe/Berlin", "EUR", SiteSettings.Default);

    // 90 days; the questions ask for the last 28 of them and for all.
    static readonly DateRange All = new(new(2026, 1, 1), new(2026, 3, 31));
    static readonly DateRange Month = new(new(2026, 3, 4), new(2026, 3, 31));

    public static async Task<int> RunAsync(string[] args)
    {
        var sizes = args.Length > 0 ? args.Select(size => long.Parse(size, CultureInfo.InvariantCulture)).ToArray() : [1_000_000L, 10_000_000L];
        var report = new StringBuilder($"""
            # Reports

            Commit {Output("git", "rev-parse --short HEAD")}, {DateTime.UtcNow:yyyy-MM-dd}, {Machine()}.
            Made by `dotnet run --project bench/Bench -c Release -- report {string.Join(' ', args)}`.

            One site with most of the events, over 90 days; a tenth belongs to a hundred other sites. Each question through the engine alone, through
            rollups of all days, and as SQL typed at DuckDB (rows only: no totals, no count of rows, no identity), in turns; medians of {Turns} runs, in
            milliseconds. Cold, the rollups are read from the file and made ready anew; warm, they are in memory; kept, the answer is found in the cache. The ratio
            is of the typed SQL to the warm rollups; a question that rollups cannot answer goes to the engine, and is marked with *.

            """);
        foreach (var size in sizes)
            await MeasureAsync(size, report);
        Console.WriteLine(report);
        await File.WriteAllTextAsync("bench/results/report.md", report.ToString());
        return 0;
    }

    static async Task MeasureAsync(long size, StringBuilder report)
    {
        var folder = Directory.CreateTempSubdirectory("footfall-bench-reports-");
        try
        {
            var source = $"Data Source={Path.Combine(folder.FullName, "warehouse.duckdb")}";
            DuckDBConnection Open()
            {
                var connection = new DuckDBConnection(source);
                connection.Open();
                return connection;
            }
            using var typed = Open();
            Fill(typed, size);
            using var engine = new DuckDbReportEngine(Open, TimeSpan.FromMinutes(5), 2, () => "bench", TimeProvider.System);
            using var rolled = await RolledReports.MakeAsync(Open, engine, Shop);
            report.Append(CultureInfo.InvariantCulture,
                $"\n## {size:N0} events\n\nRollups of {rolled.Days} days made in {rolled.Seconds:0.0} s; {rolled.Bytes / 1e6:0.0} MB of slices, {rolled.Bytes / (double)size:0.0} bytes an event.\n\n");
            report.Append("| question | days | rows | engine | rollups cold | rollups warm | kept | typed SQL | ratio |\n|---|---|---|---|---|---|---|---|---|\n");
            foreach (var question in Questions())
            {
                foreach (var range in new[] { Month, All })
                    await MeasureAsync(question, range, engine, rolled, typed, report);
            }
            report.Append(CultureInfo.InvariantCulture, $"\nIn memory after all of them: {rolled.Memory.Size / 1048576.0:0} MiB.\n");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task MeasureAsync(
        (string Name, string Metrics, string Dimensions, string[] Filters, string Sql) question, DateRange range,
        DuckDbReportEngine engine, RolledReports rolled, DuckDBConnection typed, StringBuilder report)
    {
        var request = ReportForm.Read(
            [
                new("metrics", question.Metrics), new("dimensions", question.Dimensions),
                new("from", TimeBuckets.Day(range.From)), new("to", TimeBuckets.Day(range.To)),
                .. question.Filters.Select(filter => KeyValuePair.Create("filters", filter)),
            ], []);
        var parsed = ReportRequestParser.Parse(request, Shop, DateTimeOffset.UnixEpoch);
        var query = parsed.Query ?? throw new InvalidOperationException(string.Join(' ', parsed.Problems));
        var times = Enumerable.Range(0, 5).Select(_ => new List<double>()).ToList();
        var rows = 0L;
        for (var turn = 0; turn <= Turns; turn++)
        {
            Func<Task>[] ways =
            [
                async () => rows = (await engine.RunAsync(query, CancellationToken.None)).RowCount,
                async () => await rolled.RunColdAsync(query),
                async () => await rolled.Warm.RunAsync(query, CancellationToken.None),
                async () => await rolled.Kept.RunAsync(query, CancellationToken.None),
                () => Task.Run(() => Typed(typed, question.Sql, range.In(Shop.Zone))),
            ];
            foreach (var (index, way) in ways.Index())
            {
                var watch = Stopwatch.StartNew();
                await way();
                if (turn > 0)
                    times[index].Add(watch.Elapsed.TotalMilliseconds);
            }
        }
        var medians = times.Select(Median).ToList();
        var line = string.Create(CultureInfo.InvariantCulture,
            $"| {question.Name}{(RollupPlan.For(query) is null ? " *" : "")} | {range.Days} | {rows} | {medians[0]:0.0} | {medians[1]:0.0} | {medians[2]:0.0} | {medians[3]:0.00} | {medians[4]:0.0} | {medians[4] / medians[2]:0.0} |");
        report.Append(line).Append('\n');
        Console.WriteLine(line);
    }

    static IEnumerable<(string Name, string Metrics, string Dimensions, string[] Filters, string Sql)> Questions()
    {
        const string Where = "e.site = 1 AND e.occurred_at >= $from AND e.occurred_at < $to AND e.bot IS NULL";
        const string Joined = "events_all e JOIN visits_all v ON v.site = e.site AND v.visit = e.visit";
        const string Visits = "(SELECT DISTINCT visit FROM events_all e WHERE " + Where + ") e JOIN visits_all v ON v.visit = e.visit AND v.site = 1";
        const string Bounce = "1 - count(*) FILTER (WHERE v.engagement_ms > 10000 OR v.key_events > 0 OR v.pageviews >= 2) / count(*)";
        const string PageViews = "count(*) FILTER (WHERE e.name = 'pageview')";
        yield return ("overview", "visitors,visits,pageviews,bounce_rate,visit_duration", "", [],
            $"""
            SELECT (SELECT count(DISTINCT e.visitor) FROM events_all e WHERE {Where}), count(*), (SELECT {PageViews} FROM events_all e WHERE {Where}),
                {Bounce}, avg(epoch_us(v.ended_at) - epoch_us(v.started_at)) / 1e6 FROM {Visits}
            """);
        yield return ("by day", "visitors,visits,pageviews", "day", [],
            $"""
            SELECT CAST(e.occurred_at + INTERVAL 1 HOUR AS DATE) AS day, count(DISTINCT e.visitor), count(DISTINCT e.visit), {PageViews}
            FROM events_all e WHERE {Where} GROUP BY day ORDER BY day
            """);
        yield return ("page views by hour", "pageviews", "hour", [],
            $"SELECT date_trunc('hour', e.occurred_at) AS hour, {PageViews} FROM events_all e WHERE {Where} GROUP BY hour ORDER BY hour");
        yield return ("pages", "visitors,pageviews", "page", [],
            $"SELECT e.page, count(DISTINCT e.visitor) AS n, {PageViews} FROM events_all e WHERE {Where} GROUP BY e.page ORDER BY n DESC LIMIT 100");
        yield return ("sources", "visitors,visits,bounce_rate", "source", [],
            $"SELECT v.source, count(DISTINCT v.visitor) AS n, count(*), {Bounce} FROM {Visits} GROUP BY v.source ORDER BY n DESC LIMIT 100");
        yield return ("countries", "visitors", "country", [],
            $"SELECT v.country, count(DISTINCT e.visitor) AS n FROM {Joined} WHERE {Where} GROUP BY v.country ORDER BY n DESC LIMIT 100");
        yield return ("titles", "visitors,pageviews", "title", [],
            $"SELECT e.title, count(DISTINCT e.visitor) AS n, {PageViews} FROM events_all e WHERE {Where} GROUP BY e.title ORDER BY n DESC LIMIT 100");
        yield return ("events by name", "events,visitors", "event", [],
            $"SELECT e.name, count(*) AS n, count(DISTINCT e.visitor) FROM events_all e WHERE {Where} GROUP BY e.name ORDER BY n DESC LIMIT 100");
        foreach (var dimension in (string[])["channel", "browser", "os", "device"])
        {
            yield return (dimension, "visitors", dimension, [],
                $"SELECT v.{dimension}, count(DISTINCT e.visitor) AS n FROM {Joined} WHERE {Where} GROUP BY v.{dimension} ORDER BY n DESC LIMIT 100");
        }
        yield return ("by day, from one source", "visitors,visits,pageviews", "day", ["source:is:source1"],
            $"""
            SELECT CAST(e.occurred_at + INTERVAL 1 HOUR AS DATE) AS day, count(DISTINCT e.visitor), count(DISTINCT e.visit), {PageViews}
            FROM {Joined} WHERE {Where} AND v.source = 'source1' GROUP BY day ORDER BY day
            """);
        yield return ("entry pages", "visits,bounce_rate", "entry_page", [],
            $"SELECT v.entry_page, count(*) AS n, {Bounce} FROM {Visits} GROUP BY v.entry_page ORDER BY n DESC LIMIT 100");
        yield return ("browsers by device", "visitors,visits", "device,browser", [],
            $"""
            SELECT v.device, v.browser, count(DISTINCT e.visitor) AS n, count(DISTINCT e.visit)
            FROM {Joined} WHERE {Where} GROUP BY v.device, v.browser ORDER BY n DESC LIMIT 100
            """);
        yield return ("new visitors by day", "new_visitors", "day", [],
            $"""
            SELECT CAST(f.first + INTERVAL 1 HOUR AS DATE) AS day, count(*) FROM
            (SELECT visitor, min(started_at) AS first FROM visits_all WHERE site = 1 AND bot IS NULL GROUP BY visitor) f
            WHERE f.first >= $from AND f.first < $to GROUP BY day ORDER BY day
            """);
        yield return ("revenue by channel", "revenue,transactions", "channel", [],
            $"""
            SELECT v.channel, sum(e.revenue) / 1e6 AS n, count(*) FILTER (WHERE e.name = 'purchase')
            FROM {Joined} WHERE {Where} GROUP BY v.channel ORDER BY n DESC LIMIT 100
            """);
        yield return ("pages of visits from Germany with a property", "visitors,pageviews", "page", ["country:is:DE", "prop:plan:is:pro"],
            $"""
            SELECT e.page, count(DISTINCT e.visitor) AS n, {PageViews} FROM {Joined}
            WHERE {Where} AND v.country = 'DE' AND (e.props->>'plan') = 'pro' GROUP BY e.page ORDER BY n DESC LIMIT 100
            """);
    }

    static void Typed(DuckDBConnection connection, string sql, TimeRange range)
    {
        using var command = connection.CreateCommand();
        // A person at DuckDB's prompt types the dates.
        command.CommandText = sql
            .Replace("$from", $"TIMESTAMP '{range.From:yyyy-MM-dd HH:mm:ss}'", StringComparison.Ordinal)
            .Replace("$to", $"TIMESTAMP '{range.To:yyyy-MM-dd HH:mm:ss}'", StringComparison.Ordinal);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            reader.GetValue(0);
    }

    /// <summary>Visits of four events; two visits to a visitor on average; pages and sources as uneven as in life.</summary>
    /// <summary>Makes a warehouse of three months from 2026-01-01: site 1 has nine of ten events, a hundred others have the rest.</summary>
    internal static void Fill(DuckDBConnection connection, long size)
    {
        Execute(connection, Resource("Schema.sql"));
        Execute(connection, Resource("MergedParts.sql"));
        Execute(connection, "INSERT INTO warehouse_state VALUES (0, 0, 1, 1, TIMESTAMP '2026-04-01 00:00:00', 1)");
        Execute(connection, $"""
            INSERT INTO events
            SELECT site, TIMESTAMP '2026-01-01 00:00:00' + to_microseconds(moment), TIMESTAMP '2026-01-01 00:00:00' + to_microseconds(moment), i, i,
                hash((visit * 7919) % ({size} // 8)), visit, name, 'shop.example', page, 'Title of ' || page,
                CASE WHEN name = 'pageview' THEN 0 ELSE (h % 20000)::INTEGER END, true, name = 'purchase', false,
                CASE WHEN name = 'purchase' THEN (h % 90000000)::BIGINT END, NULL, CASE WHEN name = 'purchase' THEN (h % 90000000)::BIGINT END,
                0, NULL, NULL, CASE WHEN h % 5 = 0 THEN '{"{"}"plan":"' || (CASE WHEN h % 2 = 0 THEN 'pro' ELSE 'free' END) || '"{"}"}' END, NULL
            FROM (
                SELECT i, i // 4 AS visit, hash(i) AS h,
                    CASE WHEN (i // 4) % 10 = 0 THEN 2 + (hash(i // 4) % 100)::INTEGER ELSE 1 END AS site,
                    CASE WHEN hash(i) % 100 < 75 THEN 'pageview' WHEN hash(i) % 100 = 99 THEN 'purchase' ELSE 'click' END AS name,
                    '/page/' || floor(pow((hash(i + 1) % 1000000) / 1e6, 3) * 2000)::INTEGER AS page,
                    ((i // 4) * 90.0 * 86400e6 / ({size} // 4))::BIGINT + (i % 4) * 41000000 AS moment
                FROM range({size}) t(i)
            ) ORDER BY site, moment
            """);
        Execute(connection, """
            INSERT INTO visits
            SELECT site, visit, any_value(visitor), 1, 0, NULL, min(occurred_at), max(occurred_at), 0,
                'source' || floor(pow((hash(visit) % 1000000) / 1e6, 4) * 300)::INTEGER, 'referral', '', '', '',
                'Channel ' || (hash(visit) % 9), '', (['DE', 'US', 'FR', 'NP', 'BR', 'JP'])[1 + (hash(visit + 1) % 6)::INTEGER], 'Region', 'City',
                'Browser ' || (hash(visit + 2) % 12), '128', 'System ' || (hash(visit + 3) % 5), '1', 'Device ' || (hash(visit + 4) % 3), 'lg', 'de-de',
                0, arg_min(page, occurred_at), 0, arg_max(page, occurred_at), count(*) FILTER (WHERE name = 'pageview'), count(*),
                count(*) FILTER (WHERE name <> 'pageview'), count(*) FILTER (WHERE key_event), sum(engagement_ms)
            FROM events GROUP BY site, visit ORDER BY site, min(occurred_at)
            """);
        Execute(connection, "CHECKPOINT");
    }

    static void Execute(DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Resource(string name)
    {
        using var stream = typeof(DuckDbReportEngine).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    static string Machine() => string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} cores, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GB, {Processor()}");

    static string Processor() => File.Exists("/proc/cpuinfo")
        ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "" : "";

    static string Output(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        return process.StandardOutput.ReadToEnd().Trim();
    }
}
