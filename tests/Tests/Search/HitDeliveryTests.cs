using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.Hits;
using Footfall.Core.Search;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Archive;
using Footfall.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Search;

public sealed class HitDeliveryTests : IDisposable
{
    readonly ArchiveScratch _folder = new();
    readonly MemoryHitLog _log = new();
    readonly MemoryDump _dump = new();
    readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(RawHits.Noon)) { AutoAdvanceAmount = TimeSpan.Zero };
    readonly FolderArchive _archive;
    readonly List<ReadOnlyMemory<byte>> _records = RawHits.Records(3, 200);
    readonly List<string> _told = [];

    public HitDeliveryTests() => _archive = _folder.Open();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    IEnumerable<Guid> Sent => _records.Select(record => HitBatchCodec.Read(record)).SelectMany(batch => Enumerable.Range(0, batch.Hits.Count).Select(batch.IdOf));

    IEnumerable<Guid> Arrived => _dump.Documents.Select(hit => hit.Id);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_hit_comes_once_in_deliveries_of_bounded_size()
    {
        await FillAsync();
        var delivery = await DeliverAsync(new HitDeliveryOptions { HitsMost = 50, BytesMost = 8000 });
        Assert.Equal(Sent, Arrived);
        Assert.InRange(_dump.Deliveries.Max(), 2, 80);
        Assert.Equal((_dump.Documents.Count, 0, 0, 0, 0), (delivery.Delivered, delivery.Repeated, delivery.Refused, delivery.Lag, _dump.Lookups));
    }

    [Fact]
    public async Task What_the_log_has_let_go_of_comes_from_the_archive()
    {
        await FillAsync();
        var records = await _log.ReadAsync(_log.Start(0), int.MaxValue, Stop);
        var segment = await ArchiveScratch.SealAsync(_archive, [.. records.Take(150)]);
        await _log.ReleaseAsync("archive", segment.EndPosition, Stop);
        Assert.Equal(segment.End, _log.Start(0).Offset);
        await DeliverAsync();
        Assert.Equal(Sent, Arrived);
    }

    [Theory]
    [InlineData("answer")]
    [InlineData("store")]
    public async Task What_was_delivered_and_not_answered_for_is_not_delivered_again_after_a_rollover(string step)
    {
        await FillAsync();
        var failures = 3;
        _dump.Fails = what =>
        {
            if (what != step || failures == 0 || _dump.Documents.Count == 0)
                return false;
            failures--;
            _dump.RollOver();
            return true;
        };
        var delivery = await DeliverAsync(new HitDeliveryOptions { HitsMost = 40, BytesMost = 8000 });
        Assert.Equal(Sent, Arrived);
        Assert.Equal(0, failures);
        Assert.True(delivery.Repeated > 0);
        Assert.True(_dump.Lookups < _dump.Deliveries.Count, "what cannot be there is looked up");
        Assert.Equal(step, _told[0]);
        Assert.Null(delivery.Failure);
    }

    [Fact]
    public async Task A_hit_that_is_refused_is_set_aside_and_holds_up_nobody()
    {
        await FillAsync();
        var wrong = Sent.ElementAt(77);
        _dump.Refuses = hit => hit.Id == wrong ? "no such field" : null;
        var delivery = await DeliverAsync();
        Assert.Equal(Sent.Where(id => id != wrong), Arrived);
        Assert.Equal([(wrong, "no such field")], _dump.Refused.Select(hit => (hit.Id, hit.Reason)));
        Assert.Equal(1, delivery.Refused);
    }

    [Fact]
    public async Task A_busy_dump_is_given_the_rest_later_and_only_that()
    {
        await FillAsync();
        _dump.TakesMost = 60;
        var began = _clock.GetUtcNow();
        await DeliverAsync();
        Assert.Equal(Sent, Arrived);
        var hits = Sent.Count();
        Assert.Equal(Enumerable.Range(0, (hits + 59) / 60).Select(round => hits - (round * 60)), _dump.Deliveries);
        // 0.5 s, 1 s, 2 s, ...
        Assert.True(_clock.GetUtcNow() - began >= TimeSpan.FromSeconds(3.5));
    }

    [Fact]
    public async Task Of_a_partition_that_nothing_came_to_it_is_known_that_all_is_delivered()
    {
        await DeliverAsync();
        Assert.Equal(_log.End(0), await _dump.PositionAsync(0, Stop));
    }

    [Fact]
    public async Task Hits_that_are_too_old_to_be_kept_are_not_delivered()
    {
        await FillAsync();
        _clock.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(RawHits.Noon + 100_000).AddDays(1));
        await DeliverAsync(new HitDeliveryOptions { Age = TimeSpan.FromDays(1) });
        Assert.Equal(Sent.Skip(Sent.Count() - _dump.Documents.Count), Arrived);
        Assert.Equal(RawHits.Noon + 100_000, _dump.Documents[0].ReceivedAt);
    }

    [Fact]
    public async Task A_damaged_record_costs_itself()
    {
        await FillAsync();
        var records = await _log.ReadAsync(_log.Start(0), int.MaxValue, Stop);
        _log.Damaged.Add(records[20].Offset);
        await DeliverAsync();
        var batch = HitBatchCodec.Read(records[20].Bytes);
        Assert.Equal(Sent.Except(Enumerable.Range(0, batch.Hits.Count).Select(batch.IdOf)), Arrived);
    }

    async Task FillAsync()
    {
        foreach (var record in _records)
            await _log.AppendAsync(0, record, Stop);
    }

    /// <summary>Delivers until nothing is left, while time passes.</summary>
    async Task<HitDelivery> DeliverAsync(HitDeliveryOptions? options = null)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Stop);
        stop.CancelAfter(TimeSpan.FromSeconds(20));
        var delivery = new HitDelivery(0, new HitHistory(_log, _archive), _archive, _dump, _dump, _clock, options ?? new HitDeliveryOptions());
        var running = delivery.RunAsync(failure => _told.Add(failure.Message), stop.Token);
        while (delivery.Position is null || delivery.Lag > 0 || delivery.Failure is not null)
        {
            stop.Token.ThrowIfCancellationRequested();
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(1, stop.Token);
        }
        await stop.CancelAsync();
        await running;
        return delivery;
    }
}
