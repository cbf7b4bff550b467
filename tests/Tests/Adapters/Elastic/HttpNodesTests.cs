using System.Text;
using Footfall.Adapters.Elastic;
using Footfall.Core.HitLog;
using Footfall.Core.Search;
using Footfall.Tests.Archive;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.Elastic;

/// <summary>Several nodes that do the same, through the sink of Logstash, which needs no more than their answer.</summary>
public sealed class HttpNodesTests : IDisposable
{
    readonly FakeTimeProvider _clock = new();
    readonly StubNode _one = new(_ => (200, "ok"));
    readonly StubNode _other = new(_ => (200, "ok"));

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static IReadOnlyList<FoundHit> Hits { get; } =
    [
        .. RawHits.HitsOf(RawHits.Positioned(seed: 4, 60)).GroupBy(hit => hit.Record.Offset).SelectMany(record => record.Select((hit, place) =>
            FoundHit.Of(hit.Batch, place, new LogPosition(0, hit.Record.Offset)))),
    ];

    public void Dispose()
    {
        _one.Dispose();
        _other.Dispose();
    }

    [Fact]
    public async Task Nodes_take_turns_and_get_one_compressed_array_of_documents()
    {
        using var nodes = Nodes();
        for (var round = 0; round < 6; round++)
            Assert.Equal(Hits.Count, (await new LogstashSink(nodes).DeliverAsync(Hits, Stop)).Delivered.Count);
        Assert.Equal((3, 3), (_one.Requests.Count, _other.Requests.Count));
        var request = _one.Requests.First();
        Assert.Equal(("POST", "/", "application/json", true), (request.Method, request.Path, request.ContentType, request.IsPacked));
        var documents = System.Text.Json.JsonElement.Parse(request.Body).EnumerateArray().ToList();
        Assert.Equal(Hits.Select(hit => hit.Id), documents.Select(document => document.GetProperty("hit_id").GetGuid()));
        var kept = Hits.Index().First(hit => hit.Item.Hit.Refusal is null && hit.Item.Hit.Address is not null);
        var document = documents[kept.Index];
        Assert.Equal(Encoding.UTF8.GetString(kept.Item.Hit.Payload.Span), document.GetProperty("payload").GetString());
        Assert.Equal(kept.Item.Hit.Visitor.ToString("x16"), document.GetProperty("visitor").GetString());
        Assert.Equal(DateTimeOffset.FromUnixTimeMilliseconds(kept.Item.ReceivedAt), document.GetProperty("received_at").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_node_that_cannot_is_passed_over_and_asked_again_after_a_while()
    {
        using var nodes = Nodes();
        _one.Answer = _ => (503, "starting");
        for (var round = 0; round < 4; round++)
            await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal((1, 4), (_one.Requests.Count, _other.Requests.Count));
        Assert.Equal([_one.Address], nodes.Dead);

        _clock.Advance(TimeSpan.FromSeconds(1));
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal(2, _one.Requests.Count);
        _one.Answer = _ => (200, "ok");
        // It failed twice in a row.
        _clock.Advance(TimeSpan.FromSeconds(1));
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal(2, _one.Requests.Count);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal(3, _one.Requests.Count);
        Assert.Empty(nodes.Dead);
    }

    [Fact]
    public async Task A_node_that_is_silent_or_gone_is_passed_over()
    {
        var gone = new StubNode(_ => (200, "ok"));
        gone.Dispose();
        _one.IsSilent = true;
        using var nodes = new HttpNodes([_one.Address, gone.Address, _other.Address], null, _clock);
        var delivering = new LogstashSink(nodes).DeliverAsync(Hits, Stop).AsTask();
        while (!delivering.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(5, Stop);
        }
        Assert.Equal(Hits.Count, (await delivering).Delivered.Count);
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Contains(gone.Address, nodes.Dead);
        Assert.DoesNotContain(_other.Address, nodes.Dead);
    }

    [Fact]
    public async Task Whoever_tries_a_dead_node_for_the_others_does_not_wait_long()
    {
        using var nodes = Nodes();
        _one.Answer = _ => (503, "starting");
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal([_one.Address], nodes.Dead);
        _one.IsSilent = true;
        _clock.Advance(TimeSpan.FromSeconds(1));
        var before = _other.Requests.Count;
        var delivering = new LogstashSink(nodes).DeliverAsync(Hits, Stop).AsTask();
        await _one.AskedAsync(Stop);
        _clock.Advance(TimeSpan.FromSeconds(2.9));
        Assert.Equal(before, _other.Requests.Count);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(Hits.Count, (await delivering).Delivered.Count);
        Assert.Equal(before + 1, _other.Requests.Count);
    }

    [Fact]
    public async Task When_none_answers_it_is_said_why_and_each_was_asked()
    {
        using var nodes = Nodes();
        _one.Answer = _other.Answer = _ => (503, "no master");
        for (var round = 1; round <= 3; round++)
        {
            var told = await Assert.ThrowsAsync<HitSearchUnavailableException>(async () => await new LogstashSink(nodes).DeliverAsync(Hits, Stop));
            Assert.Contains("no master", told.Message, StringComparison.Ordinal);
            Assert.Equal((round, round), (_one.Requests.Count, _other.Requests.Count));
        }
    }

    [Fact]
    public async Task A_busy_node_takes_all_of_it_later()
    {
        using var nodes = Nodes();
        _one.Answer = _other.Answer = _ => (429, "busy");
        var answer = await new LogstashSink(nodes).DeliverAsync(Hits, Stop);
        Assert.Equal((0, Hits.Count), (answer.Delivered.Count, answer.Later.Count));
        Assert.Contains("busy", answer.Reason, StringComparison.Ordinal);
        Assert.Empty(nodes.Dead);
    }

    [Fact]
    public async Task A_password_goes_into_a_header_and_nowhere_else()
    {
        var address = new UriBuilder(_one.Address) { UserName = "ada", Password = "l%C3%B6we" }.Uri;
        using var named = new HttpNodes([address], null, _clock);
        using var keyed = new HttpNodes([address], "a-key", _clock);
        await new LogstashSink(named).DeliverAsync(Hits, Stop);
        await new LogstashSink(keyed).DeliverAsync(Hits, Stop);
        Assert.Equal(
            ["Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("ada:löwe")), "ApiKey a-key"], _one.Requests.Select(request => request.Authorization));
        Assert.Equal([_one.Address], named.All);
    }

    HttpNodes Nodes() => new([_one.Address, _other.Address], null, _clock);
}
