using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;
using Footfall.Tests.Archive;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Contracts;

/// <summary>What every index of raw hits promises, over the same hits. A subclass per implementation has them in it when it is opened.</summary>
public abstract class HitIndexContract
{
    const int Site = 2;

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>The log that the hits are in.</summary>
    protected MemoryHitLog Log { get; } = new();

    /// <summary>An index of everything that the log holds, also of what comes later.</summary>
    protected abstract Task<IHitIndex> OpenAsync();

    public static TheoryData<string> Questions => [.. Queries.Keys];

    static Dictionary<string, HitQuery> Queries { get; } = new(StringComparer.Ordinal)
    {
        ["all of a site"] = new(Site) { Limit = 500 },
        ["the newest"] = new(Site) { Limit = 7 },
        ["a stretch of time"] = new(Site) { From = RawHits.Noon + 60_000, To = RawHits.Noon + 200_000, Limit = 500 },
        ["a visitor"] = new(Site) { Visitor = VisitorHash.OfId(VisitorIdentity.User, Site, RawHits.UserOf(7)), Limit = 500 },
        ["an event"] = new(Site) { Event = "pageview", Limit = 500 },
        ["a path"] = new(Site) { Path = "/p/1", Limit = 500 },
        ["paths"] = new(Site) { Path = "/p/1*", Limit = 500 },
        ["a path with letters that mean something elsewhere"] = new(Site) { Path = "/p/?\\", Limit = 500 },
        ["refused"] = new(Site) { Refusal = "do_not_track", Limit = 500 },
        ["words"] = new(Site) { Text = "Firefox user", Limit = 500 },
        ["the beginning of a word"] = new(Site) { Text = "safa", Limit = 500 },
        ["a word that is nowhere"] = new(Site) { Text = "nowhere", Limit = 500 },
        ["a site without hits"] = new(99),
    };

    [Theory]
    [MemberData(nameof(Questions))]
    public async Task A_question_is_answered_as_by_looking_at_every_hit(string question)
    {
        var (index, all) = await FilledAsync();
        var query = Queries[question];
        var wanted = all.Where(query.Matches).OrderByDescending(hit => hit.Place).ToList();
        var page = await index.SearchAsync(query, Stop);
        Assert.Equal(question.StartsWith("a word that", StringComparison.Ordinal) || question.Contains("without") || question.Contains("letters"), wanted.Count == 0);
        Assert.Equal(wanted.Take(query.Limit).Select(Text), page.Hits.Select(Text));
        Assert.Equal(wanted.Count > query.Limit ? wanted[query.Limit - 1].Place : null, page.Next);
    }

    [Fact]
    public async Task Pages_give_every_hit_once()
    {
        var (index, all) = await FilledAsync();
        var (query, found) = (new HitQuery(Site) { Limit = 10 }, new List<FoundHit>());
        while (true)
        {
            var page = await index.SearchAsync(query, Stop);
            found.AddRange(page.Hits);
            if (page.Next is null)
                break;
            query = query with { Before = page.Next };
        }
        Assert.Equal(all.Where(hit => hit.Hit.Site == Site).OrderByDescending(hit => hit.Place).Select(Text), found.Select(Text));
    }

    [Fact]
    public async Task A_tail_gives_what_comes_and_nothing_before()
    {
        var (index, all) = await FilledAsync();
        var tail = await index.TailAsync(new HitQuery(Site), null, Stop);
        Assert.Empty(tail.Hits);
        foreach (var record in RawHits.Records(seed: 8, 50).Select(Later))
            await Log.AppendAsync(0, record, Stop);
        var wanted = (await AllAsync(Log)).ExceptBy(all.Select(hit => hit.Id), hit => hit.Id).Where(hit => hit.Hit.Site == Site).Select(Text).Order(StringComparer.Ordinal).ToList();
        var found = new HashSet<string>(StringComparer.Ordinal);
        using var late = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        late.CancelAfter(TimeSpan.FromSeconds(30));
        while (found.Count < wanted.Count)
        {
            tail = await index.TailAsync(new HitQuery(Site), tail.Position, late.Token);
            found.UnionWith(tail.Hits.Select(Text));
            if (tail.Hits.Count == 0)
                await Task.Delay(50, late.Token);
        }
        Assert.Equal(wanted, found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_position_of_something_else_is_told_from_one()
    {
        var (index, _) = await FilledAsync();
        await Assert.ThrowsAsync<FormatException>(async () => await index.TailAsync(new HitQuery(Site), "rubbish", Stop));
    }

    /// <summary>Everything a log holds.</summary>
    protected static async Task<List<LogRecord>> RecordsAsync(MemoryHitLog log)
    {
        var records = new List<LogRecord>();
        for (var at = log.Start(0); at.Offset < log.End(0).Offset; at = at with { Offset = records[^1].NextOffset })
            records.AddRange(await log.ReadAsync(at, 1 << 20, Stop));
        return records;
    }

    async Task<(IHitIndex Index, List<FoundHit> All)> FilledAsync()
    {
        foreach (var record in RawHits.Records(seed: 5, 300))
            await Log.AppendAsync(0, record, Stop);
        var all = await AllAsync(Log);
        return (await OpenAsync(), all);
    }

    static async Task<List<FoundHit>> AllAsync(MemoryHitLog log) =>
    [
        .. from record in await RecordsAsync(log)
           let batch = HitBatchCodec.Read(record.Bytes)
           from index in Enumerable.Range(0, batch.Hits.Count)
           select FoundHit.Of(batch, index, new LogPosition(0, record.Offset)),
    ];

    static ReadOnlyMemory<byte> Later(ReadOnlyMemory<byte> record)
    {
        var batch = HitBatchCodec.Read(record);
        return RawHits.Encode(batch with { ReceivedAt = batch.ReceivedAt + 3_600_000, FirstId = Guid.CreateVersion7() });
    }

    static string Text(FoundHit found)
    {
        var hit = found.Hit;
        return string.Join('|', found.Id, found.Position, found.Index, found.ReceivedAt, found.AcceptLanguage, hit.Site, hit.Visitor, hit.Identity, hit.Protocol,
            hit.Trusted, hit.Refusal, hit.Address, hit.UserAgent, Convert.ToHexString(hit.Payload.Span));
    }
}
