using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Footfall.Adapters.ArchiveFolder;
using Footfall.Adapters.Elastic;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Archive;
using Footfall.Tests.Simulation;
using Footfall.Tests.Tidy;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>The raw dump in a real Elasticsearch.</summary>
[Trait("speed", "slow")]
[Collection(SharedElastic.Collection)]
public sealed class ElasticHitDumpTests : IDisposable
{
    readonly ArchiveScratch _folder = new();
    readonly MemoryHitLog _log = new();
    readonly FolderArchive _archive;
    readonly HttpNodes _nodes;
    readonly HttpClient _http;
    ElasticOptions _options = SharedElastic.NewOptions();

    public ElasticHitDumpTests(SharedElastic elastic)
    {
        _archive = _folder.Open();
        _nodes = elastic.Client();
        _http = new HttpClient { BaseAddress = elastic.Address };
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    ElasticHitDump Dump => new(_nodes, _options);

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_was_delivered_without_its_position_is_there_once_even_after_a_rollover()
    {
        await FillAsync(seed: 11, 100);
        await DeliverAsync();
        var count = await CountAsync();
        await RollOverAsync();
        (await _http.DeleteAsync($"{_options.Positions}/_doc/0", Stop)).EnsureSuccessStatusCode();
        await FillAsync(seed: 12, 50);
        var delivery = await DeliverAsync();
        Assert.Equal(await HitsAsync(), await CountAsync());
        Assert.Equal((count, await HitsAsync() - count), (delivery.Repeated, delivery.Delivered));
        Assert.Equal(_log.End(0), await Dump.PositionAsync(0, Stop));
    }

    [Fact]
    public async Task The_same_delivery_twice_makes_no_second_document()
    {
        await FillAsync(seed: 13, 20);
        await Dump.PrepareAsync(Stop);
        var hits = await FoundAsync();
        var sink = new ElasticSink(_nodes, _options);
        Assert.Equal((hits.Count, 0), Sums(await sink.DeliverAsync(hits, Stop)));
        Assert.Equal((0, hits.Count), Sums(await sink.DeliverAsync(hits, Stop)));
        await Dump.ReachAsync(0, Stop);
        Assert.Equal(hits.Count, await CountAsync());
    }

    [Fact]
    public async Task A_hit_that_does_not_fit_the_index_is_set_aside_with_its_reason_and_the_rest_goes_on()
    {
        await FillAsync(seed: 14, 60);
        await Dump.PrepareAsync(Stop);
        // An index that an operator made differently: a path is a date there.
        await SendAsync(HttpMethod.Put, $"{_options.Hits}-odd", $$$"""
            {"mappings":{"dynamic":false,"properties":{"hit_id":{"type":"keyword"},"partition":{"type":"integer"},"offset":{"type":"long"},"page_path":{"type":"date"},"received_at":{"type":"date"} } } }
            """);
        await SendAsync(HttpMethod.Post, "_aliases", $$$"""
            {"actions":[{"add":{"index":"{{{_options.Hits}}}-000001","alias":"{{{_options.Hits}}}","is_write_index":false}},
                        {"add":{"index":"{{{_options.Hits}}}-odd","alias":"{{{_options.Hits}}}","is_write_index":true}}]}
            """);
        var delivery = await DeliverAsync();
        var wrong = (await FoundAsync()).Where(hit => HitTraits.Of(hit.Hit).Path is not null).Select(hit => hit.Id).ToList();
        Assert.NotEmpty(wrong);
        Assert.Equal(await HitsAsync() - wrong.Count, await CountAsync());
        await SendAsync(HttpMethod.Post, $"{_options.Refused}/_refresh", "");
        var (refused, newest) = await Dump.RefusedAsync(500, Stop);
        Assert.Equal((wrong.Count, wrong.Count), ((int)refused, (int)delivery.Refused));
        Assert.Equal(wrong.Order(), newest.Select(hit => hit.Id).Order());
        Assert.Contains("failed to parse", newest[0].Reason, StringComparison.Ordinal);
        Assert.Equal(wrong[^1], newest[0].Id);

        await Dump.EraseAsync(new HitFilter(newest[0].Site, newest[0].Visitor), _log.End(0), Stop);
        var others = newest.Where(hit => (hit.Site, hit.Visitor) != (newest[0].Site, newest[0].Visitor)).Select(hit => hit.Id).ToList();
        Assert.Equal(others, (await Dump.RefusedAsync(500, Stop)).Newest.Select(hit => hit.Id));
        Assert.InRange(others.Count, 1, wrong.Count - 1);
    }

    [Fact]
    public async Task Somebody_who_is_forgotten_is_gone_from_every_index_and_nobody_else()
    {
        await FillAsync(seed: 15, 60);
        await DeliverAsync();
        await RollOverAsync();
        var through = _log.End(0);
        await FillAsync(seed: 16, 60);
        await DeliverAsync();
        var visitor = VisitorHash.OfId(VisitorIdentity.User, 2, RawHits.UserOf(7));
        var all = await FoundAsync();
        var theirs = all.Where(hit => hit.Hit.Site == 2 && hit.Hit.Visitor == visitor).ToList();
        await Dump.EraseAsync(new HitFilter(2, visitor), through, Stop);
        Assert.Equal(all.Count - theirs.Count(hit => hit.Position.Offset < through.Offset), await CountAsync());
        var left = await new ElasticHitIndex(_nodes, _options, 1).SearchAsync(new HitQuery(2) { Visitor = visitor, Limit = 500 }, Stop);
        Assert.Equal(theirs.Where(hit => hit.Position.Offset >= through.Offset).Select(hit => hit.Id).Order(), left.Hits.Select(hit => hit.Id).Order());
        Assert.NotEqual(theirs.Count, left.Hits.Count);

        await Dump.EraseAsync(new HitFilter(2), through, Stop);
        Assert.Equal(all.Count(hit => hit.Hit.Site != 2 || hit.Position.Offset >= through.Offset), await CountAsync());
    }

    [Fact]
    public async Task Indices_roll_over_and_the_old_ones_go_by_the_age_of_their_hits()
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(RawHits.Noon);
        _options = _options with { RolloverHits = 20, Days = 10, Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now) };
        await FillAsync(seed: 17, 30);
        await DeliverAsync();
        await Dump.UpkeepAsync(Stop);
        await Dump.UpkeepAsync(Stop);
        Assert.Equal([_options.Hits + "-000001", _options.Hits + "-000002"], await IndicesAsync());

        _options = _options with { Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now.AddDays(10).AddSeconds(20)) };
        await Dump.UpkeepAsync(Stop);
        Assert.Equal(2, (await IndicesAsync()).Count);
        _options = _options with { Time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(now.AddDays(10).AddSeconds(40)) };
        await Dump.UpkeepAsync(Stop);
        Assert.Equal([_options.Hits + "-000002"], await IndicesAsync());
        Assert.Equal(0, await CountAsync());
    }

    [Fact]
    public async Task A_tail_of_more_than_one_answer_holds_gives_all_of_it_in_several()
    {
        var index = new ElasticHitIndex(_nodes, _options, 1);
        await Dump.PrepareAsync(Stop);
        var position = (await index.TailAsync(new HitQuery(2), null, Stop)).Position;
        await FillAsync(seed: 18, 6000);
        await DeliverAsync(hitsMost: 2000);
        var (rounds, found) = (0, new List<Guid>());
        for (var isMore = true; isMore; rounds++)
        {
            var tail = await index.TailAsync(new HitQuery(2), position, Stop);
            found.AddRange(tail.Hits.Select(hit => hit.Id));
            (position, isMore) = (tail.Position, tail.Hits.Count > 0);
        }
        Assert.Equal((await FoundAsync()).Where(hit => hit.Hit.Site == 2).Select(hit => hit.Id).Order(), found.Order());
        Assert.True(rounds > 2, "one answer held everything");
    }

    [Fact]
    public async Task What_goes_by_way_of_Logstash_is_found_alike()
    {
        await FillAsync(seed: 19, 60);
        using var logstash = new StubNode(request => (PassOn(request), "ok"));
        using var nodes = new HttpNodes([logstash.Address], null, TimeProvider.System);
        await DeliverAsync(sink: new LogstashSink(nodes));
        var found = await new ElasticHitIndex(_nodes, _options, 1).SearchAsync(new HitQuery(2) { Limit = 500 }, Stop);
        var sent = (await FoundAsync()).Where(hit => hit.Hit.Site == 2).OrderByDescending(hit => hit.Place).ToList();
        Assert.Equal(sent.Select(hit => (hit.Id, hit.Position, hit.Hit.UserAgent)), found.Hits.Select(hit => (hit.Id, hit.Position, hit.Hit.UserAgent)));
        Assert.Equal(sent.Select(hit => Convert.ToHexString(hit.Hit.Payload.Span)), found.Hits.Select(hit => Convert.ToHexString(hit.Hit.Payload.Span)));

        // Nor does it take out of a hit what is the hit's.
        var pipeline = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "deploy", "logstash", "footfall.conf"), Stop);
        var removed = Regex.Match(pipeline, @"remove_field => \[(.*)\]").Groups[1].Value.Split(',').Select(name => name.Trim(' ', '"')).ToList();
        var fields = logstash.Requests.SelectMany(request => JsonElement.Parse(request.Body).EnumerateArray()).SelectMany(hit => hit.EnumerateObject()).Select(field => field.Name);
        Assert.Contains("event", removed);
        Assert.Empty(removed.Intersect(fields));
    }

    [Fact]
    public async Task An_index_that_is_not_there_is_empty_and_one_that_cannot_be_reached_says_so()
    {
        var index = new ElasticHitIndex(_nodes, _options, 1);
        Assert.Empty((await index.SearchAsync(new HitQuery(1), Stop)).Hits);
        Assert.Equal("0-0", (await index.TailAsync(new HitQuery(1), null, Stop)).Position);
        using var nobody = new HttpNodes([new Uri("http://127.0.0.1:9/")], null, TimeProvider.System);
        await Assert.ThrowsAsync<HitSearchUnavailableException>(async () => await new ElasticHitIndex(nobody, _options, 1).SearchAsync(new HitQuery(1), Stop));
    }

    static (int Delivered, int Repeated) Sums(DeliveryAnswer answer) => (answer.Delivered.Count, answer.Repeated.Count);

    async Task FillAsync(int seed, int count)
    {
        foreach (var record in RawHits.Records(seed, count))
            await _log.AppendAsync(0, record, Stop);
    }

    /// <summary>As the pipeline in deploy/logstash does: each hit under its id, with fields of its own beside those of the hit, and only if it is new.</summary>
    int PassOn(StubRequest request)
    {
        var lines = JsonElement.Parse(request.Body).EnumerateArray().SelectMany(hit => new[]
        {
            JsonSerializer.Serialize(new { create = new { _index = _options.Hits, _id = hit.GetProperty("hit_id").GetString() } }),
            JsonSerializer.Serialize(hit.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, field.Value))
                .Append(KeyValuePair.Create("@timestamp", hit.GetProperty("received_at"))).ToDictionary()),
        });
        SendAsync(HttpMethod.Post, "_bulk", string.Join('\n', lines) + "\n").GetAwaiter().GetResult();
        return 200;
    }

    async Task<HitDelivery> DeliverAsync(int hitsMost = 40, IHitSink? sink = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        var delivery = new HitDelivery(
            0, new HitHistory(_log, _archive), _archive, Dump, sink ?? new ElasticSink(_nodes, _options), TimeProvider.System, new HitDeliveryOptions { HitsMost = hitsMost });
        var running = delivery.RunAsync(_ => { }, stop.Token);
        for (var patience = Stopwatch.StartNew(); delivery.Position is null || delivery.Lag > 0; await Task.Delay(10, Stop))
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(30), delivery.Failure);
        await stop.CancelAsync();
        await running;
        await Dump.ReachAsync(0, Stop);
        return delivery;
    }

    async Task<List<FoundHit>> FoundAsync()
    {
        var found = new List<FoundHit>();
        foreach (var record in await _log.ReadAsync(_log.Start(0), int.MaxValue, Stop))
        {
            var batch = HitBatchCodec.Read(record.Bytes);
            found.AddRange(Enumerable.Range(0, batch.Hits.Count).Select(index => FoundHit.Of(batch, index, new LogPosition(0, record.Offset))));
        }
        return found;
    }

    async Task<int> HitsAsync() => (await FoundAsync()).Count;

    async Task<int> CountAsync() => (await _http.GetFromJsonAsync<JsonElement>($"{_options.Hits}/_count", Stop)).GetProperty("count").GetInt32();

    async Task<List<string>> IndicesAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>($"_alias/{_options.Hits}", Stop)).EnumerateObject().Select(index => index.Name).Order(StringComparer.Ordinal)];

    Task RollOverAsync() => SendAsync(HttpMethod.Post, $"{_options.Hits}/_rollover", "");

    async Task SendAsync(HttpMethod method, string path, string body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body.Length > 0 ? new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")) : null };
        using var answer = await _http.SendAsync(request, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
