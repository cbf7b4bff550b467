using Footfall.Adapters.EmbeddedLog;

namespace Footfall.Tests.Adapters.EmbeddedLog;

public sealed class SegmentFilesTests : IDisposable
{
    const int FrameBytes = 56;

    readonly LogFolder _folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Copies_of_the_files_up_to_any_record_are_a_log_that_ends_there()
    {
        await FillAsync(11);
        for (var kept = 0; kept <= 11; kept++)
        {
            using var copy = new LogFolder();
            Directory.CreateDirectory(copy.Path);
            foreach (var file in SegmentFiles.UpTo(_folder.Path, kept * FrameBytes))
            {
                var bytes = await File.ReadAllBytesAsync(Path.Combine(_folder.Path, file.Name), Stop);
                await File.WriteAllBytesAsync(Path.Combine(copy.Path, file.Name), bytes[..(int)file.Bytes], Stop);
            }
            Assert.Equal(kept, await CountAsync(copy));
        }
    }

    [Fact]
    public async Task A_closed_segment_keeps_its_identity_and_one_that_grows_has_none()
    {
        await FillAsync(7);
        var before = SegmentFiles.UpTo(_folder.Path, 7 * FrameBytes);
        Assert.Null(before[^1].Identity);
        await FillAsync(5);
        var after = SegmentFiles.UpTo(_folder.Path, 12 * FrameBytes);
        Assert.Equal(before.SkipLast(1).Select(file => file.Identity), after.Take(before.Count - 1).Select(file => file.Identity));
        Assert.Equal(after.Count - 1, after.Select(file => file.Identity).OfType<string>().Distinct().Count());
    }

    [Fact]
    public async Task Bytes_behind_the_end_of_a_closed_segment_are_not_part_of_it()
    {
        await FillAsync(7);
        var before = SegmentFiles.UpTo(_folder.Path, 7 * FrameBytes);
        await using (var file = new FileStream(_folder.Segments[0], FileMode.Append))
            await file.WriteAsync(new byte[100], Stop);
        Assert.Equal(before, SegmentFiles.UpTo(_folder.Path, 7 * FrameBytes));
    }

    [Fact]
    public async Task A_log_is_cut_at_any_record()
    {
        for (var kept = 0; kept <= 7; kept++)
        {
            using var folder = new LogFolder();
            await FillAsync(7, folder);
            SegmentFiles.CutAt(folder.Path, kept * FrameBytes);
            Assert.Equal(kept, await CountAsync(folder));
        }
    }

    [Fact]
    public void A_folder_without_a_log_has_no_files() => Assert.Empty(SegmentFiles.UpTo(Path.Combine(_folder.Path, "nothing"), 0));

    Task FillAsync(int count) => FillAsync(count, _folder);

    static async Task FillAsync(int count, LogFolder folder)
    {
        await using var log = SegmentHitLog.Open(folder.Options with { SegmentBytes = 3 * FrameBytes });
        for (var record = 0; record < count; record++)
            await log.AppendAsync(0, new byte[FrameBytes - 16], Stop);
    }

    static async Task<int> CountAsync(LogFolder folder)
    {
        await using var log = SegmentHitLog.Open(folder.Options);
        var (records, damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(0, damages);
        return records.Count;
    }
}
