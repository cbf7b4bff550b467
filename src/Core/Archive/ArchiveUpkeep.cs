namespace Footfall.Core.Archive;

/// <summary>Keeps the archive small: deletes what is older than it is to be kept, and writes what is a few days old anew, better compressed and a day in one.</summary>
public sealed class ArchiveUpkeep(IArchive archive, ArchiveTurn turn)
{
    const long JoinedBytesMax = 512L << 20;
    const long DayMilliseconds = 86_400_000;

    /// <summary>Deletes segments of which every hit was received before a time, oldest first.</summary>
    /// <param name="before">Milliseconds.</param>
    /// <returns>How many went.</returns>
    public async ValueTask<int> ExpireAsync(int partition, long before, CancellationToken cancellation)
    {
        await turn.TakeAsync(cancellation);
        try
        {
            var expired = archive.Segments(partition).TakeWhile(segment => segment.LastReceivedAt < before).ToList();
            foreach (var segment in expired)
                await archive.DeleteAsync(segment, cancellation);
            return expired.Count;
        }
        finally
        {
            turn.Give();
        }
    }

    /// <summary>Writes the oldest day anew that is not yet compressed as well as it can be.</summary>
    /// <param name="before">Milliseconds; later days are left.</param>
    /// <returns>Null when none is left to do.</returns>
    public async ValueTask<ArchiveSegment?> TightenAsync(int partition, long before, CancellationToken cancellation)
    {
        await turn.TakeAsync(cancellation);
        try
        {
            var day = NextDay(archive.Segments(partition), before);
            return day.Count == 0 ? null : await JoinAsync(day, cancellation);
        }
        finally
        {
            turn.Give();
        }
    }

    static List<ArchiveSegment> NextDay(IReadOnlyList<ArchiveSegment> segments, long before)
    {
        var day = new List<ArchiveSegment>();
        var bytes = 0L;
        foreach (var segment in segments.SkipWhile(segment => segment.Effort != ArchiveEffort.Quick))
        {
            bytes += segment.RawBytes;
            if (segment.Effort != ArchiveEffort.Quick || segment.LastReceivedAt >= before
                || (day.Count > 0 && (bytes > JoinedBytesMax || DayOf(segment) != DayOf(day[0]) || segment.Start != day[^1].End)))
                break;
            day.Add(segment);
        }
        return day;
    }

    static long DayOf(ArchiveSegment segment) => segment.FirstReceivedAt / DayMilliseconds;

    async ValueTask<ArchiveSegment> JoinAsync(List<ArchiveSegment> segments, CancellationToken cancellation)
    {
        await using var draft = archive.Begin(segments[0].StartPosition, ArchiveEffort.Thorough);
        foreach (var segment in segments)
        {
            foreach (var block in (await archive.IndexAsync(segment, cancellation)).Blocks)
                await TakeAsync(draft, segment, block, cancellation);
        }
        return await draft.SealAsync(segments[^1].EndPosition, cancellation);
    }

    async ValueTask TakeAsync(IArchiveDraft draft, ArchiveSegment segment, ArchiveBlock block, CancellationToken cancellation)
    {
        try
        {
            foreach (var record in await archive.ReadAsync(segment, block, cancellation))
                await draft.AddAsync(record, cancellation);
        }
        catch (ArchiveDamagedException)
        {
            // It stays what it was: perhaps a backup has it whole.
            await draft.CopyAsync(segment, block, cancellation);
        }
    }
}
