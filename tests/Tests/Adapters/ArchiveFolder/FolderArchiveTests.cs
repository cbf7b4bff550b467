using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Tests.Archive;

namespace Footfall.Tests.Adapters.ArchiveFolder;

[Trait("speed", "slow")]
public sealed class FolderArchiveTests : IDisposable
{
    readonly ArchiveScratch _folder = new();

    public void Dispose() => _folder.Dispose();

    static void Same(IReadOnlyList<LogRecord> before, IReadOnlyList<LogRecord> after)
    {
        Assert.Equal(before.Select(record => (record.Offset, record.NextOffset)), after.Select(record => (record.Offset, record.NextOffset)));
        Assert.True(before.Zip(after).All(pair => pair.First.Bytes.Span.SequenceEqual(pair.Second.Bytes.Span)));
    }

    [Fact]
    public async Task What_was_sealed_is_read_at_its_positions_also_after_a_restart()
    {
        var records = RawHits.Positioned(1, 300);
        var archive = _folder.Open();
        await ArchiveScratch.SealAsync(archive, records[..120]);
        await ArchiveScratch.SealAsync(archive, records[120..]);
        Same(records, (await ArchiveScratch.ReadAsync(archive)).Records);
        var again = _folder.Open();
        Assert.Equal(archive.Segments(0), again.Segments(0));
        Same(records, (await ArchiveScratch.ReadAsync(again)).Records);
        Assert.Empty(again.Missing);
    }

    [Fact]
    public async Task The_index_says_what_is_in_it()
    {
        var records = RawHits.Positioned(2, 200);
        var archive = _folder.Open();
        var segment = await ArchiveScratch.SealAsync(archive, records);
        var hits = RawHits.HitsOf(records).ToList();
        Assert.Equal((records.Count, hits.Count), (segment.Records, segment.Hits));
        Assert.Equal((RawHits.Noon, RawHits.Noon + 199_000), (segment.FirstReceivedAt, segment.LastReceivedAt));
        var facts = (await archive.IndexAsync(segment, default)).Blocks.Select(block => block.Facts).Aggregate((one, other) => one.With(other));
        Assert.Equal(hits.CountBy(hit => hit.Hit.Site).ToDictionary(pair => pair.Key, pair => (long)pair.Value), facts.Sites.ToDictionary());
    }

    [Fact]
    public async Task Every_flipped_bit_is_found_and_costs_its_own_block_at_most()
    {
        var records = RawHits.Positioned(3, 40);
        var archive = _folder.Open(blockBytes: 1500);
        var segment = await ArchiveScratch.SealAsync(archive, records);
        var blocks = (await archive.IndexAsync(segment, default)).Blocks;
        Assert.True(blocks.Count >= 3);
        var file = _folder.Files[0];
        var sound = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
        Assert.Empty(await archive.VerifyAsync(segment, default));
        for (var bit = 0; bit < sound.Length * 8; bit++)
        {
            var hurt = sound.ToArray();
            hurt[bit / 8] ^= (byte)(1 << (bit % 8));
            await File.WriteAllBytesAsync(file, hurt, TestContext.Current.CancellationToken);
            var opened = _folder.Open();
            var damage = await opened.VerifyAsync(opened.Segments(0)[0], default);
            Assert.NotEmpty(damage);
            var (left, _) = await ArchiveScratch.ReadAsync(opened);
            Assert.True(left.Count >= records.Count - blocks.Max(block => block.Facts.Records), $"bit {bit} cost {records.Count - left.Count} records");
            var hurtRecords = records.Count(record => damage.Any(part => part.HurtsHits && record.Offset >= part.Start && record.Offset < part.End));
            Assert.Equal(records.Count - left.Count, hurtRecords);
        }
    }

    [Fact]
    public async Task A_list_that_is_lost_is_made_again()
    {
        var archive = _folder.Open();
        var records = RawHits.Positioned(4, 100);
        await ArchiveScratch.SealAsync(archive, records[..50]);
        await ArchiveScratch.SealAsync(archive, records[50..]);
        File.Delete(Path.Combine(_folder.Path, "manifest"));
        Assert.Equal(archive.Segments(0), _folder.Open().Segments(0));
    }

    [Fact]
    public async Task A_segment_that_somebody_took_away_is_missed()
    {
        var archive = _folder.Open();
        var records = RawHits.Positioned(5, 100);
        await ArchiveScratch.SealAsync(archive, records[..50]);
        var second = await ArchiveScratch.SealAsync(archive, records[50..]);
        File.Delete(_folder.Files[1]);
        Assert.Equal([second], _folder.Open().Missing);
    }

    [Fact]
    public async Task A_crash_at_any_step_of_sealing_leaves_the_segment_whole_or_not_there()
    {
        var records = RawHits.Positioned(6, 60);
        for (var step = 0; ; step++)
        {
            using var folder = new ArchiveScratch();
            await ArchiveScratch.SealAsync(folder.Open(), records[..20]);
            var disk = new FailingArchiveDisk(step);
            try
            {
                await ArchiveScratch.SealAsync(folder.Open(disk), records[20..]);
            }
            catch (IOException)
            {
                // The crash.
            }
            var after = folder.Open();
            Assert.Contains(after.Segments(0).Count, (int[])[1, 2]);
            Same(after.Segments(0).Count == 2 ? records : records[..20], (await ArchiveScratch.ReadAsync(after)).Records);
            Assert.Equal(after.Segments(0).Count, folder.Files.Length);
            if (!disk.HasStopped)
                break;
        }
    }

    [Fact]
    public async Task A_crash_at_any_step_of_writing_anew_leaves_the_old_or_the_new()
    {
        var records = RawHits.Positioned(7, 60);
        for (var step = 0; ; step++)
        {
            using var folder = new ArchiveScratch();
            var old = folder.Open();
            await ArchiveScratch.SealAsync(old, records[..30]);
            await ArchiveScratch.SealAsync(old, records[30..]);
            var disk = new FailingArchiveDisk(step);
            try
            {
                await ArchiveScratch.SealAsync(folder.Open(disk), records, ArchiveEffort.Thorough);
            }
            catch (IOException)
            {
                // The crash.
            }
            var after = folder.Open();
            Same(records, (await ArchiveScratch.ReadAsync(after)).Records);
            Assert.Equal(after.Segments(0).Count, folder.Files.Length);
            Assert.Empty(after.Missing);
            if (!disk.HasStopped)
            {
                Assert.Equal((1, ArchiveEffort.Thorough), (after.Segments(0).Count, after.Segments(0)[0].Effort));
                break;
            }
        }
    }

    [Fact]
    public async Task A_block_is_copied_as_it_is_even_when_it_is_damaged()
    {
        var records = RawHits.Positioned(8, 60);
        var archive = _folder.Open(blockBytes: 1500);
        var segment = await ArchiveScratch.SealAsync(archive, records);
        var blocks = (await archive.IndexAsync(segment, default)).Blocks;
        await using (var file = new FileStream(_folder.Files[0], FileMode.Open))
        {
            file.Position = blocks[1].Place + 100;
            file.WriteByte((byte)~file.ReadByte());
        }
        await using (var draft = archive.Begin(segment.StartPosition, ArchiveEffort.Quick))
        {
            foreach (var block in blocks)
                await draft.CopyAsync(segment, block, default);
            await draft.SealAsync(segment.EndPosition, default);
        }
        var hurt = Assert.Single(await archive.VerifyAsync(archive.Segments(0)[0], default));
        Assert.Equal((blocks[1].Start, blocks[1].End), (hurt.Start, hurt.End));
    }
}
