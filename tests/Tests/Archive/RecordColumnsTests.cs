using CsCheck;
using Footfall.Core.Archive;
using Footfall.Core.HitLog;

namespace Footfall.Tests.Archive;

public sealed class RecordColumnsTests
{
    static readonly Gen<List<LogRecord>> Any =
        from parts in Gen.Select(Gen.Byte.Array[0, 60], Gen.Int[0, 40], Gen.Int[0, 3]).Array[1, 20]
        select At([.. parts.Select(part => ((ReadOnlyMemory<byte>)part.Item1, part.Item2, part.Item3))]);

    static List<LogRecord> At(IReadOnlyList<(ReadOnlyMemory<byte> Bytes, int Frame, int Gap)> parts)
    {
        var records = new List<LogRecord>();
        var at = 5L;
        foreach (var (bytes, frame, gap) in parts)
        {
            records.Add(new LogRecord(at + gap, at + gap + bytes.Length + frame, bytes));
            at = records[^1].NextOffset;
        }
        return records;
    }

    static void Same(List<LogRecord> before, IReadOnlyList<LogRecord> after)
    {
        Assert.Equal(before.Count, after.Count);
        foreach (var (one, other) in before.Zip(after))
        {
            Assert.Equal((one.Offset, one.NextOffset), (other.Offset, other.NextOffset));
            Assert.True(one.Bytes.Span.SequenceEqual(other.Bytes.Span));
        }
    }

    [Fact]
    public void Records_that_nobody_understands_come_back_byte_for_byte() =>
        Any.Sample(records => Same(records, RecordColumns.Join(RecordColumns.Split(records), records[0].Offset, records.Count)));

    [Fact]
    public void Hits_come_back_byte_for_byte() => Gen.Int.Sample(seed =>
    {
        var records = RawHits.Positioned(seed, 60);
        Same(records, RecordColumns.Join(RecordColumns.Split(records), records[0].Offset, records.Count));
    }, iter: 200);

    [Fact]
    public void A_payload_of_any_bytes_is_split_and_joined_or_left_whole() =>
        Gen.OneOf(Gen.Byte.Array[0, 80], Gen.Char["{}[]:,\"\\ab1\u0001 \n"].Array[0, 60].Select(text => text.Select(letter => (byte)letter).ToArray())).Sample(payload =>
        {
            var batch = new Core.Hits.HitBatch(Guid.NewGuid(), 1, "", [new Core.Hits.Hit { Site = 1, UserAgent = "", Protocol = Core.Hits.HitProtocol.Native, Payload = payload }]);
            List<LogRecord> records = [new(0, 500, RawHits.Encode(batch))];
            Same(records, RecordColumns.Join(RecordColumns.Split(records), 0, 1));
        }, iter: 20_000);

    [Fact]
    public void Columns_that_were_changed_are_a_format_error_and_nothing_else() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Int[0, 10_000], Gen.Byte).Sample((column, place, value) =>
        {
            var records = RawHits.Positioned(7, 30);
            var columns = RecordColumns.Split(records).Select(bytes => bytes.ToArray()).ToList();
            var hurt = columns[column % columns.Count];
            if (hurt.Length == 0)
                return;
            hurt[place % hurt.Length] = value;
            try
            {
                RecordColumns.Join([.. columns.Select(bytes => (ReadOnlyMemory<byte>)bytes)], 0, records.Count);
            }
            catch (FormatException)
            {
                // What a reader reports as damage.
            }
        });
}
