using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// Tries the hits of a partition again that are set aside, while its processor rests. Each part is one transaction, in which what passes enters the
/// numbers and leaves the list: ended anywhere, nothing is counted twice.
/// </summary>
/// <param name="history">Every hit there is; read by nobody else meanwhile.</param>
/// <param name="builder">Opened where the warehouse stands.</param>
/// <param name="committed">Told of each part once it is in the warehouse.</param>
sealed class SetAsideReplay(IHitLog history, IWarehouse warehouse, BatchBuilder builder, TimeProvider clock, Action<WarehouseBatch> committed)
{
    /// <summary>How many hits make one transaction at most: their records are in memory together.</summary>
    const int PartMost = 500;

    /// <param name="site">Whose hits; null is everybody's.</param>
    public async Task<ReplayedHits> RunAsync(int? site, CancellationToken cancellation)
    {
        var (after, sum) = ((-1L, 0), new ReplayedHits(0, 0));
        while (await warehouse.SetAsideAsync(builder.Position.Partition, site, after, PartMost, cancellation) is { Count: > 0 } part)
        {
            var batch = builder.TakeAgain(await ReadAsync(part, cancellation), clock.GetUtcNow().ToUnixTimeMilliseconds());
            await builder.SetVisitsAsync(batch, cancellation);
            await warehouse.CommitAsync(batch, cancellation);
            committed(batch);
            sum += new ReplayedHits(part.Count - batch.SetAside.Count, batch.SetAside.Count);
            after = (part[^1].Offset, part[^1].Index);
        }
        return sum;
    }

    async Task<List<(SetAsideHit Hit, HitBatch? Record)>> ReadAsync(IReadOnlyList<SetAsideHit> part, CancellationToken cancellation)
    {
        var read = new List<(SetAsideHit, HitBatch?)>();
        foreach (var record in part.GroupBy(hit => hit.Offset))
        {
            var hits = await ReadAsync(new LogPosition(builder.Position.Partition, record.Key), cancellation);
            read.AddRange(record.Select(hit => (hit, hits)));
        }
        return read;
    }

    /// <returns>Null when the record is deleted or damaged.</returns>
    async Task<HitBatch?> ReadAsync(LogPosition position, CancellationToken cancellation)
    {
        if (position.Offset < history.Start(position.Partition).Offset)
            return null;
        try
        {
            // One byte: the first record, whatever its length.
            return await history.ReadTwiceAsync(position, 1, cancellation) is [var found, ..] && found.Offset == position.Offset ? HitBatchCodec.TryRead(found.Bytes) : null;
        }
        catch (HitLogDamagedException)
        {
            return null;
        }
    }
}
