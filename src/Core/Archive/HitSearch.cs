using System.Runtime.CompilerServices;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>Finds raw hits in the archive, and in what of the log is not sealed yet. Reads only the blocks that may hold what is wanted.</summary>
public sealed class HitSearch(IHitLog log, IArchive archive)
{
    const int BytesAtOnce = 1 << 20;

    /// <summary>The hits that a filter wants, in the order of their positions; damage where it lies.</summary>
    /// <param name="sealedOnly">Whether to leave out what is not sealed yet.</param>
    public async IAsyncEnumerable<ArchivedHit> FindAsync(
        int partition, HitFilter filter, bool sealedOnly, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var at = archive.Segments(partition) is [var oldest, ..] ? oldest.StartPosition : log.Start(partition);
        // One segment at a time, because the next may be written anew or join the archive meanwhile.
        while (archive.Segments(partition).FirstOrDefault(segment => segment.End > at.Offset) is { } segment)
        {
            if (segment.FirstReceivedAt < filter.To && segment.LastReceivedAt >= filter.From)
            {
                await foreach (var found in FindAsync(segment, at.Offset, filter, cancellation))
                {
                    at = found.Position;
                    yield return found;
                }
            }
            at = segment.EndPosition;
        }
        if (sealedOnly)
            yield break;
        await foreach (var found in FindInLogAsync(at, filter, cancellation))
            yield return found;
    }

    async IAsyncEnumerable<ArchivedHit> FindAsync(
        ArchiveSegment segment, long from, HitFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var block in await BlocksAsync(segment, cancellation))
        {
            if (block.End <= from || !block.MayHold(filter))
                continue;
            var (records, damage) = await ReadAsync(segment, block, cancellation);
            if (damage is not null)
                yield return new ArchivedHit(new LogPosition(segment.Partition, block.Start), null, 0, damage);
            foreach (var found in Matching(segment.Partition, records, filter))
                yield return found;
        }
    }

    async ValueTask<IReadOnlyList<ArchiveBlock>> BlocksAsync(ArchiveSegment segment, CancellationToken cancellation)
    {
        try
        {
            return (await archive.IndexAsync(segment, cancellation)).Blocks;
        }
        catch (Exception gone) when (gone is ArchiveDamagedException or ArchiveChangedException)
        {
            // Told by the read of the block that stands for all of them.
            return [new ArchiveBlock(0, segment.Start, segment.End, BlockFacts.Unknown)];
        }
    }

    async ValueTask<(IReadOnlyList<LogRecord> Records, string? Damage)> ReadAsync(ArchiveSegment segment, ArchiveBlock block, CancellationToken cancellation)
    {
        try
        {
            return (await archive.ReadAsync(segment, block, cancellation), null);
        }
        catch (Exception unreadable) when (unreadable is ArchiveDamagedException or ArchiveChangedException)
        {
            return ([], unreadable.Message);
        }
    }

    async IAsyncEnumerable<ArchivedHit> FindInLogAsync(LogPosition at, HitFilter filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var end = log.End(at.Partition);
        while (at.Offset < end.Offset)
        {
            IReadOnlyList<LogRecord> records = [];
            HitLogDamagedException? damage = null;
            try
            {
                records = await log.ReadAsync(at, BytesAtOnce, cancellation);
            }
            catch (HitLogDamagedException unreadable)
            {
                damage = unreadable;
            }
            if (damage is not null)
                yield return new ArchivedHit(at, null, 0, damage.Message);
            foreach (var found in Matching(at.Partition, records, filter))
                yield return found;
            at = damage?.Next ?? (at with { Offset = records[^1].NextOffset });
        }
    }

    static IEnumerable<ArchivedHit> Matching(int partition, IReadOnlyList<LogRecord> records, HitFilter filter)
    {
        foreach (var record in records)
        {
            if (HitBatchCodec.TryRead(record.Bytes) is not { } batch || !filter.Matches(batch))
                continue;
            for (var index = 0; index < batch.Hits.Count; index++)
            {
                if (filter.Matches(batch.Hits[index]))
                    yield return new ArchivedHit(new LogPosition(partition, record.Offset), batch, index, null);
            }
        }
    }
}
