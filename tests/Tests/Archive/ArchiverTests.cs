using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Simulation;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Archive;

public sealed class ArchiverTests : IDisposable
{
    readonly ArchiveScratch _folder = new();
    readonly MemoryHitLog _log = new();
    readonly FakeTimeProvider _clock = new(DateTimeOffset.FromUnixTimeMilliseconds(RawHits.Noon));
    readonly FolderArchive _archive;
    readonly ArchiveTurn _turn = new();
    readonly List<ReadOnlyMemory<byte>> _records = RawHits.Records(1, 200, everyMilliseconds: 60_000);

    public ArchiverTests() => _archive = _folder.Open();

    public void Dispose()
    {
        _turn.Dispose();
        _folder.Dispose();
    }

    Archiver Archiver(ArchiverOptions? options = null) => new(0, _log, _archive, _turn, _clock, options ?? new ArchiverOptions());

    async Task FillAsync()
    {
        foreach (var record in _records)
            await _log.AppendAsync(0, record, default);
    }

    async Task<List<LogRecord>> HistoryAsync()
    {
        var history = new HitHistory(_log, _archive);
        var all = new List<LogRecord>();
        for (var at = history.Start(0); at.Offset < history.End(0).Offset; at = at with { Offset = all[^1].NextOffset })
            all.AddRange(await history.ReadAsync(at, 5000, TestContext.Current.CancellationToken));
        return all;
    }

    [Fact]
    public async Task Each_hour_that_is_over_becomes_a_segment_and_the_hour_that_runs_stays_in_the_log()
    {
        await FillAsync();
        _clock.SetUtcNow(DateTimeOffset.FromUnixTimeMilliseconds(RawHits.Noon + (199 * 60_000)));
        var archiver = Archiver();
        while (await archiver.SealDueAsync(default) is { } segment)
            Assert.Equal(0, segment.Revision);
        var hours = RawHits.HitsOf(await HistoryAsync()).Select(hit => hit.Batch.ReceivedAt / 3_600_000).Distinct().Count();
        Assert.Equal(hours - 1, _archive.Segments(0).Count);
        Assert.All(_archive.Segments(0), segment => Assert.Equal(segment.FirstReceivedAt / 3_600_000, segment.LastReceivedAt / 3_600_000));
        Assert.Equal(_archive.Segments(0)[^1].EndPosition, archiver.Position);
    }

    [Fact]
    public async Task The_log_lets_go_of_what_is_sealed_and_history_stays_whole()
    {
        await FillAsync();
        await _log.ReleaseAsync(Core.Archive.Archiver.ReaderName, _log.Start(0), default);
        await _log.ReleaseAsync("processor", _log.End(0), default);
        await Archiver(new ArchiverOptions { SegmentBytes = 4000 }).SealDueAsync(default);
        Assert.True(_log.Start(0).Offset > 0);
        Assert.Equal(_records.Select(record => Convert.ToHexString(record.Span)), (await HistoryAsync()).Select(record => Convert.ToHexString(record.Bytes.Span)));
    }

    [Fact]
    public async Task Everything_can_be_sealed_at_once()
    {
        await FillAsync();
        var end = await Archiver().SealAllAsync(default);
        Assert.Equal(_log.End(0), end);
        Assert.Equal(_records.Count, _archive.Segments(0).Sum(segment => segment.Records));
    }

    [Fact]
    public async Task A_damaged_record_costs_itself()
    {
        await FillAsync();
        var second = (await _log.ReadAsync(_log.Start(0), 1, default))[0].NextOffset;
        _log.Damaged.Add(second);
        await Archiver().SealAllAsync(default);
        Assert.Equal(_records.Count - 1, _archive.Segments(0).Sum(segment => segment.Records));
        Assert.Equal(_log.End(0).Offset, _archive.Segments(0)[^1].End);
    }

    [Fact]
    public async Task Where_the_archive_is_damaged_the_logs_own_copy_is_read_while_it_is_there()
    {
        await FillAsync();
        await _log.ReleaseAsync("processor", _log.Start(0), default);
        await Archiver().SealAllAsync(default);
        foreach (var file in _folder.Files)
            await File.WriteAllBytesAsync(file, new byte[100], TestContext.Current.CancellationToken);
        Assert.Equal(_records.Count, (await HistoryAsync()).Count);
    }

    [Fact]
    public async Task What_fails_is_told_and_tried_again()
    {
        await FillAsync();
        _clock.Advance(TimeSpan.FromDays(1));
        var told = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        Directory.Delete(_folder.Path, recursive: true);
        var archiver = Archiver();
        using var stop = new CancellationTokenSource();
        var running = archiver.RunAsync(failure => told.TrySetResult(failure.Message), stop.Token);
        await told.Task.WaitAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(archiver.Failure);
        Directory.CreateDirectory(_folder.Path);
        while (archiver.Failure is not null)
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        await stop.CancelAsync();
        await running;
        Assert.NotEmpty(_archive.Segments(0));
    }
}
