using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Tests.Adapters.ArchiveFolder;

namespace Footfall.Tests.Archive;

public sealed class ArchiveUpkeepTests : IDisposable
{
    const long Hour = 3_600_000;

    readonly ArchiveScratch _folder = new();
    readonly ArchiveTurn _turn = new();
    readonly List<LogRecord> _records = RawHits.Positioned(21, 600, everyMilliseconds: Hour / 10);
    readonly FolderArchive _archive;

    public ArchiveUpkeepTests() => _archive = _folder.Open();

    public void Dispose()
    {
        _turn.Dispose();
        _folder.Dispose();
    }

    ArchiveUpkeep Upkeep => new(_archive, _turn);

    async Task FillAsync()
    {
        foreach (var hour in _records.Chunk(10))
            await ArchiveScratch.SealAsync(_archive, hour);
    }

    [Fact]
    public async Task Hours_are_joined_into_days_that_are_smaller_and_hold_the_same()
    {
        await FillAsync();
        var (bytes, count) = (_archive.Segments(0).Sum(segment => segment.Bytes), _archive.Segments(0).Count);
        while (await Upkeep.TightenAsync(0, long.MaxValue, default) is { } day)
            Assert.Equal(ArchiveEffort.Thorough, day.Effort);
        Assert.True(_archive.Segments(0).Sum(segment => segment.Bytes) < bytes);
        Assert.InRange(_archive.Segments(0).Count, 3, count / 10);
        var (records, damages) = await ArchiveScratch.ReadAsync(_archive);
        Assert.Equal(0, damages);
        Assert.Equal(_records.Select(record => Convert.ToHexString(record.Bytes.Span)), records.Select(record => Convert.ToHexString(record.Bytes.Span)));
    }

    [Fact]
    public async Task What_is_young_is_left()
    {
        await FillAsync();
        Assert.Null(await Upkeep.TightenAsync(0, RawHits.Noon, default));
    }

    [Fact]
    public async Task A_damaged_block_stays_what_it_was()
    {
        await FillAsync();
        await using (var file = new FileStream(_folder.Files[1], FileMode.Open))
        {
            file.Position = 120;
            file.WriteByte((byte)~file.ReadByte());
        }
        while (await Upkeep.TightenAsync(0, long.MaxValue, default) is not null)
            Assert.NotEmpty(_archive.Segments(0));
        Assert.Equal(1, (await ArchiveScratch.ReadAsync(_archive)).Damages);
        Assert.Single(await _archive.VerifyAsync(_archive.Segments(0)[0], default));
    }

    [Fact]
    public async Task What_is_older_than_it_is_to_be_kept_goes_and_is_not_missed()
    {
        await FillAsync();
        var kept = RawHits.Noon + (20 * Hour);
        Assert.Equal(20, await Upkeep.ExpireAsync(0, kept, default));
        Assert.All(_archive.Segments(0), segment => Assert.True(segment.LastReceivedAt >= kept));
        var again = _folder.Open();
        Assert.Equal(_archive.Segments(0), again.Segments(0));
        Assert.Empty(again.Missing);
    }

    [Fact]
    public async Task A_copy_can_be_cut_at_any_record()
    {
        await FillAsync();
        var end = _records[333].Offset;
        await _archive.CutAtAsync(new LogPosition(0, end), default);
        Assert.Equal(end, _archive.Segments(0)[^1].End);
        Assert.Equal(333, (await ArchiveScratch.ReadAsync(_archive)).Records.Count);
        Assert.Equal(_archive.Segments(0), _folder.Open().Segments(0));
    }
}
