using CsCheck;
using Footfall.Adapters.EmbeddedLog;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Adapters.EmbeddedLog;

public sealed class DamageTests : IDisposable
{
    const int RecordBytes = 40;
    const int FrameBytes = RecordBytes + 16;
    const int HeaderBytes = 40;

    readonly LogFolder _folder = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_tail_torn_at_any_byte_of_the_last_record_is_cut_and_nothing_else()
    {
        await FillAsync(5);
        byte[] whole = await File.ReadAllBytesAsync(_folder.Segments[0], Stop);
        for (int kept = 0; kept < FrameBytes; kept++)
        {
            _folder.Notices.Clear();
            await File.WriteAllBytesAsync(_folder.Segments[0], whole[..(whole.Length - FrameBytes + kept)], Stop);
            await using (SegmentHitLog log = SegmentHitLog.Open(_folder.Options))
            {
                Assert.Equal(4 * FrameBytes, log.End(0).Offset);
                Assert.Equal(kept, _folder.Notices.Where(static notice => notice.Kind == HitLogNoticeKind.TornTailCut).Sum(static notice => notice.Bytes));
                await log.AppendAsync(0, Record(99), Stop);
                (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
                Assert.Equal(0, damages);
                Assert.Equal([0, 1, 2, 3, 99], records.Select(static record => (int)record.Bytes.Span[0]));
            }

            Assert.Equal(whole.Length, new FileInfo(_folder.Segments[0]).Length);
        }
    }

    [Fact]
    public async Task What_is_cut_off_the_end_is_kept_beside_it()
    {
        await FillAsync(5);
        await FlipAsync(_folder.Segments[0], HeaderBytes + (4 * FrameBytes) + 20);
        byte[] spoilt = (await File.ReadAllBytesAsync(_folder.Segments[0], Stop))[^FrameBytes..];
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        Assert.Equal(spoilt, await File.ReadAllBytesAsync(Assert.Single(Directory.GetFiles(_folder.Path, "*.torn")), Stop));
        Assert.Equal(4 * FrameBytes, log.End(0).Offset);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(1)]
    public async Task A_log_that_lost_records_which_a_reader_knows_goes_on_behind_them_and_tells(int whole)
    {
        await FillAsync(5);
        byte[] sound = await File.ReadAllBytesAsync(_folder.Segments[0], Stop);
        for (int record = whole; record < 5; record++)
        {
            await FlipAsync(_folder.Segments[0], HeaderBytes + (record * FrameBytes) + 20);
        }

        SegmentHitLogOptions options = _folder.Options with { ReadTo = 5 * FrameBytes };
        await using (SegmentHitLog log = SegmentHitLog.Open(options))
        {
            Assert.Equal(5 * FrameBytes, log.End(0).Offset);
            Assert.Contains(_folder.Notices, notice => notice.Kind == HitLogNoticeKind.Damage && notice.Bytes == (5 - whole) * FrameBytes);
            await log.AppendAsync(0, Record(9), Stop);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(options);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(1, damages);
        Assert.Equal([.. Enumerable.Range(0, whole), 9], records.Select(static record => (int)record.Bytes.Span[0]));

        // Nothing was cut: what is repaired is there again.
        await File.WriteAllBytesAsync(_folder.Segments[0], sound, Stop);
        (records, damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(0, damages);
        Assert.Equal([0, 1, 2, 3, 4, 9], records.Select(static record => (int)record.Bytes.Span[0]));
    }

    [Fact]
    public async Task A_log_of_which_nothing_is_left_begins_where_its_reader_stands()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options with { ReadTo = 1000 });
        await log.AppendAsync(0, Record(3), Stop);
        Assert.Equal(3, Assert.Single(await log.ReadAsync(new LogPosition(0, 1000), 4096, Stop)).Bytes.Span[0]);
    }

    [Fact]
    public async Task A_bit_flipped_anywhere_in_a_record_is_found_and_costs_only_that_record()
    {
        await FillAsync(5);
        byte[] whole = await File.ReadAllBytesAsync(_folder.Segments[0], Stop);
        for (int at = HeaderBytes + (2 * FrameBytes); at < HeaderBytes + (3 * FrameBytes); at++)
        {
            byte[] flipped = [.. whole];
            flipped[at] ^= (byte)(1 << (at % 8));
            await File.WriteAllBytesAsync(_folder.Segments[0], flipped, Stop);
            await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
            (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
            Assert.Equal(1, damages);
            Assert.Equal([0, 1, 3, 4], records.Select(static record => (int)record.Bytes.Span[0]));
            Assert.Contains(_folder.Notices, static notice => notice is { Kind: HitLogNoticeKind.Damage, Bytes: FrameBytes });
            Assert.DoesNotContain(_folder.Notices, static notice => notice.Kind == HitLogNoticeKind.TornTailCut);
            Assert.Equal(flipped, await File.ReadAllBytesAsync(_folder.Segments[0], Stop));
        }
    }

    [Fact]
    public async Task A_bit_flipped_while_the_log_is_open_is_found_by_the_next_read()
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        await AppendAsync(log, 3);
        Assert.Equal(3, (await log.ReadAsync(log.Start(0), 1000, Stop)).Count);
        await FlipAsync(_folder.Segments[0], HeaderBytes + FrameBytes + 20);
        Assert.Single(await log.ReadAsync(log.Start(0), 1000, Stop));
        HitLogDamagedException damage = await Assert.ThrowsAsync<HitLogDamagedException>(
            async () => await log.ReadAsync(new LogPosition(0, FrameBytes), 1000, Stop));
        Assert.Equal(2 * FrameBytes, damage.Next.Offset);
    }

    [Fact]
    public async Task A_record_that_was_moved_or_came_from_another_log_does_not_pass()
    {
        await FillAsync(3);
        using var other = new LogFolder();
        await using (SegmentHitLog log = SegmentHitLog.Open(other.Options))
        {
            await AppendAsync(log, 3);
        }

        byte[] ours = await File.ReadAllBytesAsync(_folder.Segments[0], Stop);
        byte[] theirs = await File.ReadAllBytesAsync(other.Segments[0], Stop);
        theirs.AsSpan(HeaderBytes, FrameBytes).CopyTo(ours.AsSpan(HeaderBytes));
        ours.AsSpan(HeaderBytes + (2 * FrameBytes), FrameBytes).CopyTo(ours.AsSpan(HeaderBytes + FrameBytes));
        await File.WriteAllBytesAsync(_folder.Segments[0], ours, Stop);
        await using SegmentHitLog mixed = SegmentHitLog.Open(_folder.Options);
        (List<LogRecord> records, _) = await LogFolder.ReadPastDamageAsync(mixed, Stop);
        Assert.Equal(2 * FrameBytes, Assert.Single(records).Offset);
    }

    [Fact]
    public async Task A_segment_whose_header_is_damaged_is_kept_and_reported_and_the_log_goes_on()
    {
        await FillAsync(3);
        await FlipAsync(_folder.Segments[0], 26);
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        Assert.Equal(3 * FrameBytes, log.End(0).Offset);
        await log.AppendAsync(0, Record(7), Stop);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
        Assert.Equal(1, damages);
        Assert.Equal(7, Assert.Single(records).Bytes.Span[0]);
        Assert.Equal(2, _folder.Segments.Length);
    }

    [Fact]
    public async Task A_sealed_segment_that_lost_its_tail_is_damage_and_the_next_segment_is_read()
    {
        SegmentHitLogOptions options = _folder.Options with { SegmentBytes = 3 * FrameBytes };
        await using (SegmentHitLog log = SegmentHitLog.Open(options))
        {
            await AppendAsync(log, 6);
        }

        await using (FileStream file = File.OpenWrite(_folder.Segments[0]))
        {
            file.SetLength(file.Length - 10);
        }

        await using SegmentHitLog again = SegmentHitLog.Open(options);
        (List<LogRecord> records, int damages) = await LogFolder.ReadPastDamageAsync(again, Stop);
        Assert.Equal(1, damages);
        Assert.Equal([0, 1, 3, 4, 5], records.Select(static record => (int)record.Bytes.Span[0]));
    }

    [Fact]
    public void Whatever_happens_to_the_last_segments_bytes_the_log_opens_and_gives_only_records_that_were_appended() =>
        Gen.Select(Gen.Int[1, 400].Array[1, 30], Gen.Int[0, 10_000], Gen.Int[0, 2], Gen.Byte.Array[1, 60]).Sample(
            (lengths, place, kind, noise) => SurvivesAsync(lengths, place, kind, noise).GetAwaiter().GetResult(),
            iter: 150);

    [Fact]
    public void Appends_reopens_and_torn_tails_in_any_order_leave_exactly_what_was_acknowledged() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 700]).Array[1, 40].Sample(
            steps => FollowsModelAsync(steps).GetAwaiter().GetResult(), iter: 60);

    static byte[] Record(int number)
    {
        byte[] record = new byte[RecordBytes];
        new Random(number).NextBytes(record);
        record[0] = (byte)number;
        return record;
    }

    static async Task AppendAsync(SegmentHitLog log, int count)
    {
        for (int i = 0; i < count; i++)
        {
            await log.AppendAsync(0, Record(i), Stop);
        }
    }

    static async Task FlipAsync(string path, int at)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        file.Position = at;
        int value = file.ReadByte();
        file.Position = at;
        file.WriteByte((byte)(value ^ 4));
    }

    static void Spoil(string path, int place, int kind, byte[] noise)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int at = HeaderBytes + (place % Math.Max(1, bytes.Length - HeaderBytes));
        byte[] spoilt = kind switch
        {
            0 => bytes[..at],
            1 => [.. bytes, .. noise],
            _ => [.. bytes[..at], .. noise, .. bytes[Math.Min(bytes.Length, at + noise.Length)..]],
        };
        File.WriteAllBytes(path, spoilt);
    }

    static async Task SurvivesAsync(int[] lengths, int place, int kind, byte[] noise)
    {
        using var folder = new LogFolder();
        var appended = new Dictionary<long, byte[]>();
        await using (SegmentHitLog log = SegmentHitLog.Open(folder.Options))
        {
            foreach (int length in lengths)
            {
                byte[] record = new byte[length];
                new Random(length).NextBytes(record);
                appended.Add((await log.AppendAsync(0, record, Stop)).Offset, record);
            }
        }

        Spoil(folder.Segments[0], place, kind, noise);
        await using SegmentHitLog spoilt = SegmentHitLog.Open(folder.Options);
        long end = (await spoilt.AppendAsync(0, noise, Stop)).Offset;
        appended[end] = noise;
        (List<LogRecord> records, _) = await LogFolder.ReadPastDamageAsync(spoilt, Stop);
        Assert.Equal(end, records[^1].NextOffset);
        Assert.All(records, record => Assert.True(record.Bytes.Span.SequenceEqual(appended[record.NextOffset])));
        Assert.True(kind != 1 || records.Count == lengths.Length + 1);
    }

    static async Task FollowsModelAsync((int Kind, int Size)[] steps)
    {
        using var folder = new LogFolder();
        SegmentHitLogOptions options = folder.Options with { SegmentBytes = 2000 };
        var model = new List<byte[]>();
        SegmentHitLog log = SegmentHitLog.Open(options);
        foreach ((int kind, int size) in steps)
        {
            if (kind <= 1)
            {
                byte[][] records = [.. Enumerable.Range(0, 1 + (size % 5)).Select(i => Enumerable.Repeat((byte)(size + i), size).ToArray())];
                LogPosition[] ends = await Task.WhenAll(records.Select(record => log.AppendAsync(0, record, Stop).AsTask()));
                model.AddRange(ends.Zip(records).OrderBy(static pair => pair.First.Offset).Select(static pair => pair.Second));
                continue;
            }

            await log.DisposeAsync();
            if (kind == 3)
            {
                Spoil(folder.Segments[^1], 0, 1, [.. Enumerable.Repeat((byte)7, size + 1)]);
            }

            log = SegmentHitLog.Open(options);
        }

        (List<LogRecord> read, int damages) = await LogFolder.ReadPastDamageAsync(log, Stop);
        await log.DisposeAsync();
        Assert.Equal(0, damages);
        Assert.Equal(model.Count, read.Count);
        Assert.All(model.Zip(read), static pair => Assert.True(pair.Second.Bytes.Span.SequenceEqual(pair.First)));
    }

    async Task FillAsync(int count)
    {
        await using SegmentHitLog log = SegmentHitLog.Open(_folder.Options);
        await AppendAsync(log, count);
    }
}
