using DuckDB.NET.Data;
using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.Visits;

namespace Footfall.Tests.Contracts;

/// <summary>A warehouse file in a temporary folder, filled directly: some events and visits recent and in parts, the others compacted.</summary>
sealed class FilledDuckDb : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-reports-");
    readonly DuckDBConnection _first;

    public FilledDuckDb(IReadOnlyList<Event> events, int seed)
    {
        _first = Open();
        Execute(Resource("Schema.sql"));
        Execute(Resource("MergedParts.sql"));
        Execute("INSERT INTO warehouse_state VALUES (0, 10, 1, 1, TIMESTAMP '2026-01-02 03:04:05', 1), (1, 10, 1, 1, TIMESTAMP '2026-01-02 03:04:06', 1)");
        var random = new Random(seed);
        var recent = events.ToLookup(_ => random.Next(3) == 0);
        AppendEvents("events", recent[false]);
        AppendEvents("events_recent", recent[true]);
        AppendParts(events, random);
        // Half of the visits are compacted, from parts of their own.
        Execute("INSERT INTO visits SELECT * FROM merged('visit_parts') WHERE visit % 2 = 0");
        Execute("DELETE FROM visit_parts WHERE visit % 2 = 0");
    }

    public DuckDBConnection Open()
    {
        var connection = new DuckDBConnection($"Data Source={Path.Combine(_folder.FullName, "warehouse.duckdb")}");
        connection.Open();
        return connection;
    }

    public void Dispose()
    {
        _first.Dispose();
        _folder.Delete(recursive: true);
    }

    public void Execute(string sql)
    {
        using var command = _first.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    static string Resource(string name)
    {
        using var stream = typeof(DuckDbReportEngine).Assembly.GetManifestResourceStream(name)!;
        return new StreamReader(stream).ReadToEnd();
    }

    void AppendEvents(string table, IEnumerable<Event> events)
    {
        using var appender = _first.CreateAppender(table);
        foreach (var one in events)
        {
            appender.CreateRow()
                .AppendValue(one.Site).AppendValue(Time(one.OccurredAt)).AppendValue(Time(one.ReceivedAt)).AppendValue(one.Sequence)
                .AppendValue(one.LogOffset).AppendValue(one.Visitor).AppendValue(one.Visit).AppendValue(one.Name).AppendValue(one.Hostname)
                .AppendValue(one.Page).AppendValue(one.Title).AppendValue(one.EngagementMs).AppendValue(one.Interactive).AppendValue(one.KeyEvent)
                .AppendValue(one.TimeReplaced).AppendValue(one.AmountMicros).AppendValue(one.Currency).AppendValue(one.RevenueMicros)
                .AppendValue(one.Items.Sum(item => item.Quantity)).AppendValue(one.OrderId).AppendValue(one.UserId).AppendValue(one.Props)
                .AppendValue(one.Bot).EndRow();
        }
    }

    void AppendParts(IReadOnlyList<Event> events, Random random)
    {
        using var appender = _first.CreateAppender("visit_parts");
        foreach (var part in events.GroupBy(one => (one.Site, one.Visit, Part: random.Next(3))).OrderBy(_ => random.Next()))
        {
            var some = part.First();
            var made = new VisitPart
            {
                Site = some.Site,
                Visit = some.Visit,
                Visitor = some.Visitor,
                Identity = some.Identity,
                SessionKey = some.SessionKey,
                Bot = some.Bot,
            };
            foreach (var one in part)
                made.Add(one);
            Append(appender, made);
        }
    }

    static void Append(DuckDBAppender appender, VisitPart part)
    {
        var first = part.First!;
        appender.CreateRow()
            .AppendValue(part.Site).AppendValue(part.Visit).AppendValue(part.Visitor).AppendValue((byte)part.Identity).AppendValue(part.SessionKey)
            .AppendValue(part.Bot).AppendValue(Time(part.StartedAt)).AppendValue(Time(part.EndedAt)).AppendValue(part.FirstOrder)
            .AppendValue(first.Source.Source).AppendValue(first.Source.Medium).AppendValue(first.Source.Campaign).AppendValue(first.Source.Content)
            .AppendValue(first.Source.Term).AppendValue(first.Source.Channel).AppendValue(first.Source.Referrer)
            .AppendValue(first.Place.Country).AppendValue(first.Place.Region).AppendValue(first.Place.City)
            .AppendValue(first.Device.Browser).AppendValue(first.Device.BrowserVersion).AppendValue(first.Device.Os).AppendValue(first.Device.OsVersion)
            .AppendValue(first.Device.Class).AppendValue(first.ScreenClass).AppendValue(first.Language)
            .AppendValue(part.EntryOrder).AppendValue(part.EntryPage).AppendValue(part.ExitOrder).AppendValue(part.ExitPage)
            .AppendValue(part.PageViews).AppendValue(part.Events).AppendValue(part.Interactions).AppendValue(part.KeyEvents)
            .AppendValue(part.EngagementMs).EndRow();
    }

    static DateTime Time(long milliseconds) => DateTime.UnixEpoch.AddMilliseconds(milliseconds);
}
