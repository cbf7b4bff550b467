namespace Footfall.Adapters.EmbeddedLog;

/// <summary>What the newest segment's bytes amount to, found when the log is opened.</summary>
/// <param name="End">Where the last whole record ends: the end of the log. What the file holds beyond it is an append that never finished.</param>
/// <param name="TornBytes">Bytes beyond the end.</param>
/// <param name="DamagedBytes">Bytes that are no record although a whole record follows them: these were durable once and are kept.</param>
/// <param name="IsLost">The last records are among the damaged bytes: the segment is left as it is and another one begins at the end.</param>
readonly record struct SegmentTail(long End, long TornBytes, long DamagedBytes, bool IsLost = false)
{
    const int BytesAtOnce = 1 << 20;

    /// <summary>What a reader has read was durable: a log that seems to end before it is damaged, and what looks torn is not.</summary>
    public SegmentTail ReachingTo(long readTo) =>
        readTo <= End ? this : new SegmentTail(readTo, 0, DamagedBytes + readTo - End, IsLost: true);

    public static SegmentTail Find(Segment segment)
    {
        long limit = segment.FileEnd();
        if (segment.Salt is null)
        {
            return new SegmentTail(limit, 0, limit - segment.Start);
        }

        long end = segment.Start;
        long damaged = 0;
        while (end < limit)
        {
            var records = SegmentReader.Read(segment, end, limit, BytesAtOnce);
            if (records.Count > 0)
            {
                end = records[^1].NextOffset;
                continue;
            }

            long next = SegmentReader.FindRecord(segment, end + 1, limit);
            if (next == limit)
            {
                break;
            }

            damaged += next - end;
            end = next;
        }

        return new SegmentTail(end, limit - end, damaged);
    }
}
