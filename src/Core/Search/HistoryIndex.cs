using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Search;

/// <summary>
/// Searches the archive and what of the log is not sealed yet, without an index of its own. Reads the newest first and ends once nothing newer can
/// come; the unsealed part of the log, at most an hour of hits, is read whole by every search. Hits that cannot be read are left out: what
/// processes and verifies them tells of damage.
/// </summary>
/// <param name="partitions">Those of the log that this process knows the ends of; none where it reads no log.</param>
public sealed class HistoryIndex(IHitLog log, IArchive archive, IReadOnlyList<int> partitions) : IHitIndex
{
    const int BytesAtOnce = 1 << 20;
    const int TailBytesMost = 8 << 20;
    const int Attempts = 5;

    public async ValueTask<HitPage> SearchAsync(HitQuery query, CancellationToken cancellation)
    {
        Check();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TrySearchAsync(query, cancellation);
            }
            catch (ArchiveChangedException) when (attempt < Attempts)
            {
                // Written anew since it was listed: the list knows what took its place.
            }
        }
    }

    public async ValueTask<HitTail> TailAsync(HitQuery query, string? position, CancellationToken cancellation)
    {
        Check();
        var ends = partitions.Select(log.End).ToDictionary(end => end.Partition, end => end.Offset);
        if (position is null)
            return new HitTail([], TailPosition.TextOf(ends));
        var (at, found) = (TailPosition.Parse(position), new List<FoundHit>());
        foreach (var (partition, end) in ends)
        {
            var from = new LogPosition(partition, Math.Min(at.GetValueOrDefault(partition, end), end));
            at[partition] = await ReadAsync(from, end, hit => Take(hit, query, found), () => found.Count >= query.Limit, TailBytesMost, cancellation);
        }
        return new HitTail([.. found.OrderBy(hit => hit.Place)], TailPosition.TextOf(at));
    }

    void Check()
    {
        if (partitions.Count == 0)
            throw new HitSearchUnavailableException("this process does not read the hit log; ask a process that processes or archives");
    }

    async ValueTask<HitPage> TrySearchAsync(HitQuery query, CancellationToken cancellation)
    {
        var best = new NewestHits(query.Limit);
        var segments = new List<ArchiveSegment>();
        foreach (var partition in partitions)
        {
            var listed = archive.Segments(partition);
            segments.AddRange(listed);
            var from = listed is [.., var newest] ? newest.EndPosition : log.Start(partition);
            await ReadAsync(from, log.End(partition).Offset, hit => best.Offer(hit, query), static () => false, long.MaxValue, cancellation);
        }
        foreach (var segment in segments.OrderByDescending(segment => segment.LastReceivedAt))
        {
            if (segment.FirstReceivedAt < query.Filter.To && segment.LastReceivedAt >= query.From && best.Wants(segment.LastReceivedAt))
                await SearchAsync(segment, query, best, cancellation);
        }
        return best.Page();
    }

    async ValueTask SearchAsync(ArchiveSegment segment, HitQuery query, NewestHits best, CancellationToken cancellation)
    {
        try
        {
            var index = await archive.IndexAsync(segment, cancellation);
            foreach (var block in index.Blocks.Where(block => block.MayHold(query.Filter)).OrderByDescending(block => block.Facts.LastReceivedAt))
            {
                if (best.Wants(block.Facts.LastReceivedAt))
                    await SearchAsync(segment, block, query, best, cancellation);
            }
        }
        catch (ArchiveDamagedException)
        {
            // No block of it can be found.
        }
    }

    async ValueTask SearchAsync(ArchiveSegment segment, ArchiveBlock block, HitQuery query, NewestHits best, CancellationToken cancellation)
    {
        try
        {
            foreach (var record in await archive.ReadAsync(segment, block, cancellation))
                Each(record, segment.Partition, hit => best.Offer(hit, query));
        }
        catch (ArchiveDamagedException)
        {
            // Other blocks are not harmed by it.
        }
    }

    /// <summary>Hands on every hit from a position up to an offset.</summary>
    /// <returns>The offset it got to.</returns>
    async ValueTask<long> ReadAsync(LogPosition at, long end, Action<FoundHit> take, Func<bool> isEnough, long bytesMost, CancellationToken cancellation)
    {
        // One of its own, because its reads are for one reader at a time.
        await using var history = new HitHistory(log, archive);
        var bytes = 0L;
        while (at.Offset < end && bytes < bytesMost && !isEnough())
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                foreach (var record in await history.ReadAsync(at, BytesAtOnce, cancellation))
                {
                    Each(record, at.Partition, take);
                    bytes += record.Bytes.Length;
                    at = at with { Offset = record.NextOffset };
                }
            }
            catch (HitLogDamagedException damaged)
            {
                at = damaged.Next;
            }
        }
        return at.Offset;
    }

    static void Each(LogRecord record, int partition, Action<FoundHit> take)
    {
        if (HitBatchCodec.TryRead(record.Bytes) is not { } batch)
            return;
        for (var index = 0; index < batch.Hits.Count; index++)
            take(FoundHit.Of(batch, index, new LogPosition(partition, record.Offset)));
    }

    static void Take(FoundHit hit, HitQuery query, List<FoundHit> found)
    {
        if (query.Matches(hit))
            found.Add(hit);
    }
}
