using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Search;
using Footfall.Tests.Archive;

namespace Footfall.Tests.Search;

public sealed class GroupedTests : IDisposable
{
    readonly List<int[]> _sent = [];
    readonly SemaphoreSlim _mayAnswer = new(0);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _mayAnswer.Dispose();

    [Fact]
    public async Task Who_comes_while_a_request_is_under_way_goes_together_in_the_next_up_to_its_weight()
    {
        var grouped = Make(weightMost: 3);
        var answers = Enumerable.Range(1, 6).Select(number => grouped.AskAsync(number, Stop)).ToList();
        _mayAnswer.Release(6);
        var all = await Task.WhenAll(answers);
        Assert.Equal([10, 20, 30, 40, 50, 60], all);
        Assert.Equal([[1], [2, 3, 4], [5, 6]], _sent);
    }

    [Fact]
    public async Task What_fails_fails_for_each_of_the_group_and_for_nobody_after_it()
    {
        var grouped = Make(weightMost: 10);
        var first = grouped.AskAsync(1, Stop);
        var (odd, other) = (grouped.AskAsync(13, Stop), grouped.AskAsync(2, Stop));
        _mayAnswer.Release(3);
        Assert.Equal(10, await first);
        await Assert.ThrowsAsync<TimeoutException>(() => odd);
        await Assert.ThrowsAsync<TimeoutException>(() => other);
        Assert.Equal(30, await grouped.AskAsync(3, Stop));
    }

    [Fact]
    public async Task Who_stops_waiting_spoils_nothing_for_others()
    {
        using var enough = new CancellationTokenSource();
        var grouped = Make(weightMost: 10);
        var first = grouped.AskAsync(1, Stop);
        var (left, stays) = (grouped.AskAsync(2, enough.Token), grouped.AskAsync(3, Stop));
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        _mayAnswer.Release(2);
        Assert.Equal((10, 30), (await first, await stays));
    }

    [Fact]
    public async Task Each_partition_hears_of_its_own_hits_alone()
    {
        var hits = RawHits.Records(5, 40).SelectMany((record, number) =>
        {
            var batch = HitBatchCodec.Read(record);
            return Enumerable.Range(0, batch.Hits.Count).Select(index => FoundHit.Of(batch, index, new LogPosition(0, number)));
        }).ToList();
        var (gate, mine, others) = (new GatedSink(_mayAnswer), hits[..9], hits[9..21]);
        var sink = new GroupedHitSink(gate, 100);
        Task<DeliveryAnswer>[] first = [sink.DeliverAsync(hits[21..22], Stop).AsTask(), sink.DeliverAsync(hits[22..23], Stop).AsTask()];
        Task<DeliveryAnswer>[] together = [sink.DeliverAsync(mine, Stop).AsTask(), sink.DeliverAsync(others, Stop).AsTask()];
        _mayAnswer.Release(3);
        await Task.WhenAll(first);
        var answers = await Task.WhenAll(together);
        Assert.Equal([1, 1, 21], gate.Sent);
        Check(mine, answers[0]);
        Check(others, answers[1]);

        static void Check(List<FoundHit> asked, DeliveryAnswer answer)
        {
            Assert.Equal(asked.Where(hit => GatedSink.KindOf(hit) == 0), answer.Delivered);
            Assert.Equal(asked.Where(hit => GatedSink.KindOf(hit) == 1), answer.Repeated);
            Assert.Equal(asked.Where(hit => GatedSink.KindOf(hit) == 2).Select(hit => hit.Id), answer.Refused.Select(hit => hit.Id));
            Assert.Equal(asked.Where(hit => GatedSink.KindOf(hit) == 3), answer.Later);
            Assert.Equal(answer.Later.Count > 0, answer.Reason is not null);
        }
    }

    Grouped<int, int> Make(int weightMost) => new(atOnce: 1, weightMost, _ => 1, async asked =>
    {
        _sent.Add([.. asked]);
        await _mayAnswer.WaitAsync(Stop);
        return asked.Contains(13) ? throw new TimeoutException() : [.. asked.Select(number => number * 10)];
    });

    /// <summary>Takes, knows, refuses and puts off by the hit's id, once it may.</summary>
    sealed class GatedSink(SemaphoreSlim mayAnswer) : IHitSink
    {
        public List<int> Sent { get; } = [];

        public static int KindOf(FoundHit hit) => hit.Id.ToByteArray()[15] % 4;

        public async ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation)
        {
            lock (Sent)
                Sent.Add(hits.Count);
            await mayAnswer.WaitAsync(cancellation);
            var kinds = hits.ToLookup(KindOf);
            return new DeliveryAnswer([.. kinds[0]], [.. kinds[1]], [.. kinds[2].Select(hit => RefusedDocument.Of(hit, "odd"))], [.. kinds[3]], "busy");
        }
    }
}
