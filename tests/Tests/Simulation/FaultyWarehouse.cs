using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Simulation;

/// <summary>A warehouse that a crash may hit: before a commit, so that nothing of it is there, or after, so that all of it is and nobody was told.</summary>
/// <param name="owns">Whether the inner one is disposed with this.</param>
sealed class FaultyWarehouse(IWarehouse inner, Func<bool> crash, bool owns = false) : IWarehouse
{
    /// <summary>Why a batch is not taken, or null.</summary>
    public Func<WarehouseBatch, Exception?>? Refuses { get; init; }

    public long VisitsMergedBefore(int partition) => inner.VisitsMergedBefore(partition);

    public ValueTask<WarehouseState> StateAsync(int partition, CancellationToken cancellation) => inner.StateAsync(partition, cancellation);

    public IEnumerable<(UInt128 Key, DateOnly Day)> Keys(int partition) => inner.Keys(partition);

    public IEnumerable<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(int partition, long endedAt) => inner.VisitsSince(partition, endedAt);

    public ValueTask<IReadOnlyList<(VisitorKey Visitor, VisitSpan Span)>> FindVisitsAsync(
        int partition, IReadOnlyCollection<VisitorKey> visitors, CancellationToken cancellation) => inner.FindVisitsAsync(partition, visitors, cancellation);

    public async ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        if (Refuses?.Invoke(batch) is { } refusal)
            throw refusal;
        if (crash())
            throw new CrashException();
        await inner.CommitAsync(batch, cancellation);
        if (crash())
            throw new CrashException();
    }

    public async ValueTask CompactAsync(int partition, long epoch, long visitsEndedBefore, DateOnly keysBefore, CancellationToken cancellation)
    {
        if (crash())
            throw new CrashException();
        await inner.CompactAsync(partition, epoch, visitsEndedBefore, keysBefore, cancellation);
        if (crash())
            throw new CrashException();
    }

    public ValueTask<ForgottenRows> ForgetAsync(int partition, int site, ulong? visitor, CancellationToken cancellation) =>
        inner.ForgetAsync(partition, site, visitor, cancellation);

    public ValueTask<WarehouseBooks> BooksAsync(int partition, CancellationToken cancellation) => inner.BooksAsync(partition, cancellation);

    public ValueTask<IReadOnlyList<DefinedDays>> DefinitionsAsync(CancellationToken cancellation) => inner.DefinitionsAsync(cancellation);

    public IReadOnlyList<LogDamage> Damage() => inner.Damage();

    public ValueTask<IReadOnlyList<SetAsideHit>> SetAsideAsync(
        int partition, int? site, (long Offset, int Index) after, int limit, CancellationToken cancellation) =>
        inner.SetAsideAsync(partition, site, after, limit, cancellation);

    public ValueTask<long> CountSetAsideAsync(int partition, int? site, CancellationToken cancellation) => inner.CountSetAsideAsync(partition, site, cancellation);

    public ValueTask<IReadOnlyList<LedgerLine>> LedgerAsync(int site, long from, long to, CancellationToken cancellation) =>
        inner.LedgerAsync(site, from, to, cancellation);

    public ValueTask<IReadOnlyList<FoundEvent>> FindEventsAsync(
        int site, long from, long to, IReadOnlyCollection<long> logOffsets, CancellationToken cancellation) => inner.FindEventsAsync(site, from, to, logOffsets, cancellation);

    public ValueTask<SiteActivity> ActivityAsync(int site, CancellationToken cancellation) => inner.ActivityAsync(site, cancellation);

    public ValueTask DisposeAsync() => owns ? inner.DisposeAsync() : ValueTask.CompletedTask;
}
