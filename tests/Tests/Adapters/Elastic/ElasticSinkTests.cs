using System.Text.Json.Nodes;
using Footfall.Adapters.Elastic;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>What is made of the answers of <c>_bulk</c>.</summary>
public sealed class ElasticSinkTests : IDisposable
{
    readonly StubNode _node = new(_ => (200, "{}"));
    readonly HttpNodes _nodes;
    readonly ElasticSink _sink;

    public ElasticSinkTests()
    {
        _nodes = new HttpNodes([_node.Address], null, TimeProvider.System);
        _sink = new ElasticSink(_nodes, new ElasticOptions { Time = TimeProvider.System });
    }

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _nodes.Dispose();
        _node.Dispose();
    }

    [Fact]
    public async Task Each_item_is_answered_for_by_itself()
    {
        var hits = Hits(6);
        _node.Answer = _ => (200, Items(
            Item(201), Item(409, "version_conflict_engine_exception", "there already"), Item(400, "document_parsing_exception", "no date"),
            Item(429, "es_rejected_execution_exception", "queue is full"), Item(503, "unavailable_shards_exception", "no primary"), Item(400, "illegal_argument_exception", "odd")));
        var answer = await _sink.DeliverAsync(hits, Stop);
        Assert.Equal((hits[0], hits[1]), (Assert.Single(answer.Delivered), Assert.Single(answer.Repeated)));
        Assert.Equal([(hits[2].Id, "document_parsing_exception: no date"), (hits[5].Id, "illegal_argument_exception: odd")], answer.Refused.Select(hit => (hit.Id, hit.Reason)));
        Assert.Equal([hits[3], hits[4]], answer.Later);
        Assert.Contains("queue is full", answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "illegal_argument_exception", "no write index is defined for alias", 3, 0)]
    [InlineData(404, "index_not_found_exception", "no such index", 3, 0)]
    [InlineData(403, "cluster_block_exception", "index read-only", 3, 0)]
    [InlineData(400, "illegal_argument_exception", "Document contains at least one immense term", 0, 3)]
    [InlineData(400, "mapper_parsing_exception", "failed to parse", 0, 3)]
    public async Task Where_nothing_is_taken_only_what_is_a_hits_own_fault_is_refused(int status, string type, string reason, int later, int refused)
    {
        _node.Answer = _ => (200, Items(Item(status, type, reason), Item(status, type, reason), Item(status, type, reason)));
        var answer = await _sink.DeliverAsync(Hits(3), Stop);
        Assert.Equal((later, refused), (answer.Later.Count, answer.Refused.Count));
    }

    [Fact]
    public async Task What_is_too_large_goes_in_halves_and_what_is_too_large_alone_is_refused()
    {
        var hits = Hits(9);
        var heavy = hits[5].Id.ToString("D");
        _node.Answer = request => request.Body.Contains(heavy, StringComparison.Ordinal)
            ? (413, "too large")
            : (200, Items([.. Enumerable.Range(0, request.Body.Split((char)10).Length / 2).Select(_ => Item(201))]));
        var answer = await _sink.DeliverAsync(hits, Stop);
        Assert.Equal((8, 0), (answer.Delivered.Count, answer.Later.Count));
        Assert.Equal(hits[5].Id, Assert.Single(answer.Refused).Id);
    }

    [Fact]
    public async Task A_repeat_is_asked_for_by_id_and_never_makes_an_index()
    {
        _node.Answer = _ => (200, Items(Item(201), Item(201)));
        var hits = Hits(2);
        await _sink.DeliverAsync(hits, Stop);
        var request = Assert.Single(_node.Requests);
        Assert.StartsWith("/_bulk?require_alias=true", request.Path, StringComparison.Ordinal);
        var lines = request.Body.Split('\n');
        Assert.Equal($$$"""{"create":{"_index":"footfall-hits","_id":"{{{hits[1].Id:D}}}"}}""", lines[2]);
        Assert.Equal("", lines[^1]);
    }

    [Fact]
    public async Task An_answer_for_other_hits_is_none()
    {
        _node.Answer = _ => (200, Items(Item(201)));
        await Assert.ThrowsAsync<HitSearchUnavailableException>(async () => await _sink.DeliverAsync(Hits(2), Stop));
    }

    static List<FoundHit> Hits(int count) =>
    [
        .. Enumerable.Range(0, count).Select(place => new FoundHit(
            Guid.CreateVersion7(), new LogPosition(0, place), 0, 1_780_000_000_000, "", new Hit { Site = 1, UserAgent = "agent", Payload = "{}"u8.ToArray() })),
    ];

    static string Items(params JsonObject[] items) => new JsonObject { ["items"] = new JsonArray([.. items]) }.ToJsonString();

    static JsonObject Item(int status, string? type = null, string? reason = null)
    {
        var result = new JsonObject { ["status"] = status };
        if (type is not null)
            result["error"] = new JsonObject { ["type"] = type, ["reason"] = reason };
        return new JsonObject { ["create"] = result };
    }
}
