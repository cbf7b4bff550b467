using Footfall.Core.Archive;
using Footfall.Core.HitLog;
using Footfall.Core.Search;

namespace Footfall.Tests.Search;

/// <summary>
/// A dump and its sink in memory. As Elasticsearch does, it takes an id again after a rollover, finds only what was refreshed, and answers for each hit
/// by itself; it fails when told to, before it does something or after.
/// </summary>
sealed class MemoryDump : IHitDump, IHitSink
{
    readonly Dictionary<int, LogPosition> _positions = [];
    HashSet<Guid> _index = [];
    int _refreshed;

    /// <summary>Every document, in the order of its coming.</summary>
    public List<FoundHit> Documents { get; } = [];

    public List<RefusedDocument> Refused { get; } = [];

    /// <summary>How many hits each delivery had.</summary>
    public List<int> Deliveries { get; } = [];

    public int Lookups { get; private set; }

    /// <summary>Asked of each hit; a reason refuses it for good.</summary>
    public Func<FoundHit, string?> Refuses { get; set; } = _ => null;

    /// <summary>So many hits of a delivery are taken, the others later.</summary>
    public int TakesMost { get; set; } = int.MaxValue;

    /// <summary>What fails, if anything does: asked by the name of a step.</summary>
    public Func<string, bool> Fails { get; set; } = _ => false;

    public void RollOver() => _index = [];

    public ValueTask PrepareAsync(CancellationToken cancellation) => MaybeAsync("prepare");

    public async ValueTask<LogPosition?> PositionAsync(int partition, CancellationToken cancellation)
    {
        await MaybeAsync("position");
        return _positions.TryGetValue(partition, out var position) ? position : null;
    }

    public async ValueTask StoreAsync(LogPosition position, CancellationToken cancellation)
    {
        await MaybeAsync("store");
        _positions[position.Partition] = position;
    }

    public ValueTask<long> ReachAsync(int partition, CancellationToken cancellation)
    {
        _refreshed = Documents.Count;
        return ValueTask.FromResult(Documents.Where(hit => hit.Position.Partition == partition).Select(hit => hit.Position.Offset).DefaultIfEmpty(-1).Max());
    }

    public ValueTask<IReadOnlySet<Guid>> KnownAsync(IReadOnlyList<Guid> ids, CancellationToken cancellation)
    {
        Lookups++;
        return ValueTask.FromResult<IReadOnlySet<Guid>>(Documents.Take(_refreshed).Select(hit => hit.Id).Intersect(ids).ToHashSet());
    }

    public ValueTask KeepRefusedAsync(IReadOnlyList<RefusedDocument> hits, CancellationToken cancellation)
    {
        Refused.AddRange(hits);
        return ValueTask.CompletedTask;
    }

    public ValueTask<(long Count, IReadOnlyList<RefusedDocument> Newest)> RefusedAsync(int most, CancellationToken cancellation) =>
        ValueTask.FromResult<(long, IReadOnlyList<RefusedDocument>)>((Refused.Count, [.. Refused.Take(most)]));

    public ValueTask EraseAsync(HitFilter filter, LogPosition through, CancellationToken cancellation) => throw new NotSupportedException();

    public ValueTask UpkeepAsync(CancellationToken cancellation) => throw new NotSupportedException();

    public async ValueTask<DeliveryAnswer> DeliverAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation)
    {
        await MaybeAsync("deliver");
        Deliveries.Add(hits.Count);
        var refused = hits.Where(hit => Refuses(hit) is not null).Select(hit => RefusedDocument.Of(hit, Refuses(hit)!)).ToList();
        var asked = hits.Where(hit => Refuses(hit) is null).ToList();
        var taken = asked.Take(TakesMost).Where(hit => _index.Add(hit.Id)).ToList();
        var repeated = asked.Take(TakesMost).Except(taken).ToList();
        Documents.AddRange(taken);
        await MaybeAsync("answer");
        var later = asked.Skip(TakesMost).ToList();
        return new DeliveryAnswer(taken, repeated, refused, later, later.Count > 0 ? "busy" : null);
    }

    ValueTask MaybeAsync(string step) => Fails(step) ? throw new HitSearchUnavailableException(step) : ValueTask.CompletedTask;
}
