namespace Footfall.EndToEnd.Counting;

/// <summary>Events of a month, each told when it happened: makes them, sends them, and holds the server.</summary>
/// <param name="count">How many events.</param>
/// <param name="pages">How many pages they are spread over.</param>
/// <param name="lateBy">Events arrive in any order among so many neighbours in time.</param>
public abstract class Month(int count, int pages, int lateBy) : IAsyncLifetime
{
    public const string Site = "month.example";

    static readonly DateTimeOffset Begin = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
    static readonly string[] Sources = ["(direct)", "partner.example", "newsletter", "spring", "friends"];
    static readonly string[] Languages = ["en-us", "de-de", "fr-fr", "ja-jp"];

    FootfallServer? _server;

    public FootfallApi Api => _server!.Api;

    public IReadOnlyList<Sending> Events { get; } = Make(count, pages);

    /// <summary>The events of each visit, in order of time.</summary>
    public IReadOnlyList<IReadOnlyList<Sending>> Visits { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Visits = Split(Events);
        _server = await FootfallServer.StartAsync();
        await Api.AddSiteAsync(Site);
        var random = new Random(7);
        var sent = Events.OrderBy(one => one.Time).ToArray();
        for (var start = 0; start < sent.Length; start += Math.Min(lateBy, sent.Length))
            random.Shuffle(sent.AsSpan(start, Math.Min(lateBy, sent.Length - start)));
        foreach (var batch in sent.Chunk(1_000))
            (await Api.SendAsync(FootfallApi.ToJson(batch.Select(one => one.ToWire())))).EnsureSuccessStatusCode().Dispose();
        await Api.SettledLedgerAsync(Site);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Visits of 1 to 9 events, minutes apart; a visitor's visits lie hours apart. Times of a visitor are never equal.</summary>
    static List<Sending> Make(int count, int pages)
    {
        var random = new Random(11);
        var events = new List<Sending>(count);
        for (var visitor = 0; events.Count < count; visitor++)
        {
            var agent = Browsers.All[visitor % Browsers.All.Count];
            var language = Languages[visitor % Languages.Length];
            var time = Begin.AddSeconds(random.Next(10 * 86_400));
            for (var visits = random.Next(1, 5); visits > 0; visits--, time = time.AddMinutes(random.Next(31, 3 * 1_440)))
            {
                var source = Sources[random.Next(Sources.Length)];
                for (var left = random.Next(1, 10); left > 0 && events.Count < count; left--, source = "(direct)", time = time.AddSeconds(random.Next(1, 29 * 60)))
                    events.Add(new Sending(events.Count, $"visitor-{visitor}", time, $"/p/{random.Next(pages)}", source, random.Next(10) > 0, agent, language));
            }
        }
        return events;
    }

    /// <summary>A visit ends with a gap of more than thirty minutes.</summary>
    static List<List<Sending>> Split(IReadOnlyList<Sending> events)
    {
        var visits = new List<List<Sending>>();
        foreach (var visitor in events.GroupBy(one => one.Visitor))
        {
            DateTimeOffset? last = null;
            foreach (var one in visitor.OrderBy(one => one.Time))
            {
                if (last is null || one.Time - last > TimeSpan.FromMinutes(30))
                    visits.Add([]);
                visits[^1].Add(one);
                last = one.Time;
            }
        }
        return visits;
    }
}
