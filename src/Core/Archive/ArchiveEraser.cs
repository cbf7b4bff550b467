using System.Buffers;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;

namespace Footfall.Core.Archive;

/// <summary>
/// Erases hits by writing the segments that hold them anew. A hit is not taken out but blanked: what is left says that a site had a hit, which was
/// erased, so that positions stay and every hit is still accounted for. Begun again after a crash, it finds what is left to do.
/// </summary>
public sealed class ArchiveEraser(IArchive archive, ArchiveTurn turn)
{
    /// <summary>What the ledger says of a hit that was erased.</summary>
    public const string Refusal = "erased";

    /// <param name="through">Offset; what lies at or beyond it stays.</param>
    /// <param name="begins">Told of each segment before it is written anew.</param>
    public async ValueTask EraseAsync(
        int partition, HitFilter filter, long through, Func<SegmentErasure, ValueTask> begins, CancellationToken cancellation)
    {
        foreach (var listed in archive.Segments(partition))
        {
            if (listed.Start >= through)
                return;
            await turn.TakeAsync(cancellation);
            try
            {
                // It may have been joined with others since it was listed; what covers it is then erased instead, once.
                if (archive.Segments(partition).FirstOrDefault(segment => segment.Covers(listed)) is { } segment)
                    await EraseAsync(segment, filter, through, begins, cancellation);
            }
            finally
            {
                turn.Give();
            }
        }
    }

    /// <summary>A hit of somebody, without anything of them.</summary>
    public static Hit Blank(in Hit hit) => new() { Site = hit.Site, Refusal = Refusal, UserAgent = "" };

    async ValueTask EraseAsync(
        ArchiveSegment segment, HitFilter filter, long through, Func<SegmentErasure, ValueTask> begins, CancellationToken cancellation)
    {
        var index = await archive.IndexAsync(segment, cancellation);
        var (affected, lost, hits) = (new HashSet<ArchiveBlock>(), new HashSet<ArchiveBlock>(), 0L);
        foreach (var block in index.Blocks.Where(block => block.Start < through && block.MayHold(filter)))
        {
            try
            {
                var erased = (await archive.ReadAsync(segment, block, cancellation)).Sum(record => Erase(record, filter, through).Hits);
                hits += erased;
                if (erased > 0)
                    affected.Add(block);
            }
            catch (ArchiveDamagedException)
            {
                lost.Add(block);
            }
        }
        // Of a block that the index does not know any more nobody can say who is in it.
        if (affected.Count == 0 && lost.Count == 0 && !index.IsRepaired)
            return;
        await begins(new SegmentErasure(segment, hits, lost.Count));
        await WriteAsync(segment, index, affected, lost, record => Erase(record, filter, through).Record, cancellation);
    }

    async ValueTask WriteAsync(
        ArchiveSegment segment, ArchiveIndex index, HashSet<ArchiveBlock> affected, HashSet<ArchiveBlock> lost,
        Func<LogRecord, LogRecord> change, CancellationToken cancellation)
    {
        await using var draft = archive.Begin(segment.StartPosition, segment.Effort);
        foreach (var block in index.Blocks.Where(block => !lost.Contains(block)))
        {
            if (!affected.Contains(block))
            {
                await draft.CopyAsync(segment, block, cancellation);
                continue;
            }
            foreach (var record in await archive.ReadAsync(segment, block, cancellation))
                await draft.AddAsync(change(record), cancellation);
        }
        await draft.SealAsync(segment.EndPosition, cancellation);
    }

    static (LogRecord Record, long Hits) Erase(LogRecord record, HitFilter filter, long through)
    {
        if (record.Offset >= through || HitBatchCodec.TryRead(record.Bytes) is not { } batch)
            return (record, 0);
        var erased = 0;
        var hits = new Hit[batch.Hits.Count];
        for (var index = 0; index < hits.Length; index++)
        {
            var hit = batch.Hits[index];
            var goes = hit.Refusal is null && filter.Matches(hit);
            (hits[index], erased) = goes ? (Blank(hit), erased + 1) : (hit, erased);
        }
        if (erased == 0)
            return (record, 0);
        var language = hits.All(hit => hit.Refusal is not null) ? "" : batch.AcceptLanguage;
        var output = new ArrayBufferWriter<byte>();
        HitBatchCodec.Write(output, batch with { AcceptLanguage = language, Hits = hits });
        return (record with { Bytes = output.WrittenSpan.ToArray() }, erased);
    }
}
