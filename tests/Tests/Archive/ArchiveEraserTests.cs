using Footfall.Adapters.ArchiveFolder;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Tests.Adapters.ArchiveFolder;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Archive;

public sealed class ArchiveEraserTests : IDisposable
{
    const int Site = 2;
    const string Text = "user-7\"";

    static readonly ulong s_visitor = VisitorHash.OfId(VisitorIdentity.User, Site, RawHits.UserOf(7));
    static readonly HitFilter s_filter = new(Site, s_visitor);

    readonly ArchiveScratch _folder = new();
    readonly ArchiveTurn _turn = new();
    readonly List<LogRecord> _records = RawHits.Positioned(11, 900);

    public void Dispose()
    {
        _turn.Dispose();
        _folder.Dispose();
    }

    static bool Theirs(Hit hit) => hit.Site == Site && hit.Visitor == s_visitor && hit.Refusal is null;

    static async Task FillAsync(FolderArchive archive, List<LogRecord> records)
    {
        foreach (var part in records.Chunk(records.Count / 3))
            await ArchiveScratch.SealAsync(archive, part);
    }

    async Task<List<SegmentErasure>> EraseAsync(FolderArchive archive, long through = long.MaxValue)
    {
        var told = new List<SegmentErasure>();
        await new ArchiveEraser(archive, _turn).EraseAsync(0, s_filter, through, erasure =>
        {
            told.Add(erasure);
            return ValueTask.CompletedTask;
        }, default);
        return told;
    }

    /// <summary>Blanked where they are somebody's, and otherwise what was sent.</summary>
    static void AssertErased(List<LogRecord> before, List<LogRecord> after, long through = long.MaxValue)
    {
        Assert.Equal(before.Select(record => (record.Offset, record.NextOffset)), after.Select(record => (record.Offset, record.NextOffset)));
        foreach (var (one, other) in RawHits.HitsOf(before).Zip(RawHits.HitsOf(after)))
        {
            Assert.Equal((one.Batch.FirstId, one.Batch.ReceivedAt, one.Hit.Site), (other.Batch.FirstId, other.Batch.ReceivedAt, other.Hit.Site));
            if (Theirs(one.Hit) && one.Record.Offset < through)
                Assert.Equal(ArchiveEraser.Blank(one.Hit), other.Hit);
            else
                Assert.True(one.Hit.Payload.Span.SequenceEqual(other.Hit.Payload.Span) && one.Hit.Visitor == other.Hit.Visitor && one.Hit.UserAgent == other.Hit.UserAgent);
        }
    }

    [Fact]
    public async Task A_visitor_is_blanked_and_everybody_else_is_as_before()
    {
        var archive = _folder.Open();
        await FillAsync(archive, _records);
        var hits = RawHits.HitsOf(_records).Count(hit => Theirs(hit.Hit));
        Assert.True(hits > 3);
        Assert.Equal(hits, (await EraseAsync(archive)).Sum(erasure => erasure.Hits));
        AssertErased(_records, (await ArchiveScratch.ReadAsync(archive)).Records);
        foreach (var segment in archive.Segments(0))
            Assert.Empty(await archive.VerifyAsync(segment, default));
    }

    [Fact]
    public async Task Once_erased_there_is_nothing_left_to_do()
    {
        var archive = _folder.Open();
        await FillAsync(archive, _records);
        Assert.NotEmpty(await EraseAsync(archive));
        Assert.Empty(await EraseAsync(archive));
    }

    [Fact]
    public async Task What_came_later_stays()
    {
        var archive = _folder.Open();
        await FillAsync(archive, _records);
        var through = _records[450].Offset;
        await EraseAsync(archive, through);
        AssertErased(_records, (await ArchiveScratch.ReadAsync(archive)).Records, through);
    }

    [Fact]
    public async Task A_block_that_cannot_be_read_and_may_hold_the_visitor_is_destroyed()
    {
        var archive = _folder.Open(blockBytes: 20_000);
        var segment = await ArchiveScratch.SealAsync(archive, _records);
        var hurt = (await archive.IndexAsync(segment, default)).Blocks.First(block => block.MayHold(s_filter));
        await using (var file = new FileStream(_folder.Files[0], FileMode.Open))
        {
            file.Position = hurt.Place + 80;
            file.WriteByte((byte)~file.ReadByte());
        }
        var told = Assert.Single(await EraseAsync(archive));
        Assert.Equal(1, told.LostBlocks);
        var (left, damages) = await ArchiveScratch.ReadAsync(archive);
        Assert.Equal(1, damages);
        AssertErased([.. _records.Where(record => record.Offset < hurt.Start || record.Offset >= hurt.End)], left);
    }

    [Fact]
    public async Task A_crash_at_any_step_of_erasing_loses_nobody_and_the_next_attempt_finishes()
    {
        var records = RawHits.Positioned(12, 240);
        for (var step = 0; ; step++)
        {
            using var folder = new ArchiveScratch();
            await FillAsync(folder.Open(), records);
            var disk = new FailingArchiveDisk(step);
            try
            {
                await EraseAsync(folder.Open(disk));
            }
            catch (IOException)
            {
                // The crash.
            }
            var after = folder.Open();
            Assert.Equal(records.Count, (await ArchiveScratch.ReadAsync(after)).Records.Count);
            await EraseAsync(after);
            AssertErased(records, (await ArchiveScratch.ReadAsync(after)).Records);
            Assert.Equal(after.Segments(0).Count, folder.Files.Length);
            Assert.Empty(Directory.GetFiles(folder.Path, "*.aside"));
            if (!disk.HasStopped)
                break;
        }
    }

    [Fact]
    public async Task A_search_finds_every_hit_of_a_visitor_in_archive_and_log_and_reads_only_what_may_hold_it()
    {
        await using var log = new MemoryHitLog();
        var archive = _folder.Open();
        var archiver = new Archiver(0, log, archive, _turn, TimeProvider.System, new ArchiverOptions());
        foreach (var (number, record) in _records.Index())
        {
            await log.AppendAsync(0, record.Bytes, default);
            if (number == 600)
                await archiver.SealAllAsync(default);
        }
        var found = new List<ArchivedHit>();
        await foreach (var hit in new HitSearch(log, archive).FindAsync(0, s_filter, sealedOnly: false, default))
            found.Add(hit);
        Assert.Equal(RawHits.HitsOf(_records).Count(hit => Theirs(hit.Hit)), found.Count);
        Assert.All(found, hit => Assert.True(Theirs(hit.Hit)));
        Assert.Contains(found, hit => hit.Position.Offset < archiver.Position.Offset);
        Assert.Contains(found, hit => hit.Position.Offset >= archiver.Position.Offset);
        Assert.Contains(RawHits.HitsOf(_records), hit => System.Text.Encoding.UTF8.GetString(hit.Hit.Payload.Span).Contains(Text, StringComparison.Ordinal));
    }
}
