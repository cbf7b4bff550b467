using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Simulation;

/// <summary>
/// The warehouse of simulated days, with nothing but lists: what a commit says, taken literally. It insists on what the port asks of its
/// writer: positions that go forward, and visits named as reopened before anything is added to a merged one.
/// </summary>
sealed class MemoryWarehouse : IWarehouse
{
    readonly List<Event> _events = [];
    readonly List<VisitPart> _parts = [];
    readonly HashSet<long> _merged = [];
    readonly List<(int Partition, UInt128 Key, DateOnly Day)> _keys = [];
    readonly Dictionary<(int Site, long Hour, string Outcome), long> _ledger = [];
    readonly List<LogDamage> _damage = [];
    readonly List<SetAsideHit> _setAside = [];
    readonly HashSet<(int Site, string Version, DateOnly Day)> _definitions = [];
    readonly Dictionary<int, SiteActivity> _activity = [];
    readonly Dictionary<int, WarehouseState> _states = [];
    readonly Dictionary<int, long> _mergedBefore = [];
    readonly Dictionary<int, long> _epochs = [];

    public LogPosition Position => StateOf(0).Position;

    public IReadOnlyList<Event> Events => _events;

    public ILookup<(int Site, long Visit), VisitPart> Visits => _parts.ToLookup(part => (part.Site, part.Visit));

    public ValueTask<WarehouseState> StateAsync(int partition, CancellationToken cancellation) => new(StateOf(partition));

    public long VisitsMergedBefore(int partition) => _mergedBefore.GetValueOrDefault(partition);

    public IEnumerable<(UInt128 Key, DateOnly Day)> Keys(int partition) =>
        _keys.Where(key => key.Partition == partition).OrderBy(key => key.Day).Select(key => (key.Key, key.Day));

    public IEnumerable<(VisitorKey Visitor, VisitSpan Span)> VisitsSince(int partition, long endedAt) =>
        Spans(partition).Where(visit => visit.Span.EndedAt >= endedAt);

    public ValueTask<IReadOnlyList<(VisitorKey Visitor, VisitSpan Span)>> FindVisitsAsync(
        int partition, IReadOnlyCollection<VisitorKey> visitors, CancellationToken cancellation)
    {
        var wanted = visitors.Select(visitor => (visitor.Site, visitor.Visitor)).ToHashSet();
        return new([.. Spans(partition).Where(visit => wanted.Contains((visit.Visitor.Site, visit.Visitor.Visitor)))]);
    }

    public ValueTask<ForgottenRows> ForgetAsync(int partition, int site, ulong? visitor, CancellationToken cancellation)
    {
        var gone = _events.Where(row => row.Site == site && (visitor is null || row.Visitor == visitor)).ToList();
        _events.RemoveAll(gone.Contains);
        var visits = gone.Select(row => row.Visit).ToHashSet();
        _parts.RemoveAll(part => part.Site == site && visits.Contains(part.Visit));
        return new(new ForgottenRows(Position, gone.Count, visits.Count));
    }

    public ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        var partition = batch.Position.Partition;
        Fence(partition, batch.Epoch);
        if (batch.From is { } from && from != StateOf(partition).Position)
            throw new FencedWriterException(from, StateOf(partition).Position);
        Assert.True(
            batch.Position.Offset > StateOf(partition).Position.Offset || batch.Replayed.Count > 0, "A batch must move the position forward, or be of hits set aside.");
        _merged.ExceptWith(batch.Reopened);
        _events.AddRange(batch.Events);
        _parts.AddRange(batch.Parts.Values);
        foreach (var merge in batch.Merges)
            Relabel(merge);
        Assert.DoesNotContain(batch.Parts.Values, part => _merged.Contains(part.Visit));
        _keys.AddRange(batch.Keys.Select(key => (partition, key.Key, key.Day)));
        _damage.AddRange(batch.Damage);
        _setAside.RemoveAll(hit => batch.Replayed.Exists(again => (again.Partition, again.Offset, again.Index) == (hit.Partition, hit.Offset, hit.Index)));
        _setAside.AddRange(batch.SetAside);
        _definitions.UnionWith(batch.Days.Select(day => (day.Site, batch.Definition, day.Day)));
        foreach (var (site, seen) in batch.Activity)
            _activity[site] = seen;
        foreach (var (line, hits) in batch.Ledger)
            _ledger[line] = _ledger.GetValueOrDefault(line) + hits;
        _states[partition] = new WarehouseState(batch.Position, batch.NextSequence, batch.NextVisit, batch.CompleteUntil);
        return ValueTask.CompletedTask;
    }

    public ValueTask CompactAsync(int partition, long epoch, long visitsEndedBefore, DateOnly keysBefore, CancellationToken cancellation)
    {
        Fence(partition, epoch);
        foreach (var (_, span) in Spans(partition).Where(visit => visit.Span.EndedAt < visitsEndedBefore))
            _merged.Add(span.Visit);
        _keys.RemoveAll(key => key.Partition == partition && key.Day < keysBefore);
        _mergedBefore[partition] = Math.Max(VisitsMergedBefore(partition), visitsEndedBefore);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IReadOnlyList<LedgerLine>> LedgerAsync(int site, long from, long to, CancellationToken cancellation) =>
        new([.. _ledger.Where(line => line.Key.Site == site).Select(line => new LedgerLine(site, line.Key.Hour, line.Key.Outcome, line.Value))]);

    public ValueTask<WarehouseBooks> BooksAsync(int partition, CancellationToken cancellation) => new(new WarehouseBooks(
        StateOf(partition).Position,
        [.. _ledger.GroupBy(line => (line.Key.Site, line.Key.Outcome)).Select(sum => new OutcomeSum(sum.Key.Site, sum.Key.Outcome, sum.Sum(line => line.Value)))],
        _events.Count,
        Visits.Count));

    public ValueTask<IReadOnlyList<DefinedDays>> DefinitionsAsync(CancellationToken cancellation) => new([.. _definitions
        .GroupBy(made => (made.Site, made.Version))
        .Select(made => new DefinedDays(made.Key.Site, made.Key.Version, made.Min(one => one.Day), made.Max(one => one.Day), made.Count()))]);

    public ValueTask<IReadOnlyList<SetAsideHit>> SetAsideAsync(
        int partition, int? site, (long Offset, int Index) after, int limit, CancellationToken cancellation) => new([.. _setAside
        .Where(hit => hit.Partition == partition && (site is null || hit.Site == site) && (hit.Offset, hit.Index).CompareTo(after) > 0)
        .OrderBy(hit => hit.Offset).ThenBy(hit => hit.Index).Take(limit)]);

    public ValueTask<long> CountSetAsideAsync(int partition, int? site, CancellationToken cancellation) =>
        new(_setAside.Count(hit => hit.Partition == partition && (site is null || hit.Site == site)));

    public IReadOnlyList<LogDamage> Damage() => _damage;

    public ValueTask<IReadOnlyList<FoundEvent>> FindEventsAsync(
        int site, long from, long to, IReadOnlyCollection<long> logOffsets, CancellationToken cancellation) => new([.. _events
        .Where(row => row.Site == site && row.OccurredAt >= from && row.OccurredAt < to && logOffsets.Contains(row.LogOffset))
        .Select(row => new FoundEvent(row.Sequence, row.LogOffset, row.Visitor, row.OccurredAt, row.Name, row.Page, row.Visit, row.Bot is not null))]);

    public ValueTask<SiteActivity> ActivityAsync(int site, CancellationToken cancellation) => new(_activity.GetValueOrDefault(site));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    WarehouseState StateOf(int partition) => _states.GetValueOrDefault(partition) ?? WarehouseState.Empty(partition);

    void Fence(int partition, long epoch)
    {
        if (epoch < _epochs.GetValueOrDefault(partition))
            throw new FencedWriterException(partition, epoch, _epochs[partition]);
        _epochs[partition] = epoch;
    }

    IEnumerable<(VisitorKey Visitor, VisitSpan Span)> Spans(int partition) => Visits.Where(parts => WarehouseState.PartitionOf(parts.Key.Visit) == partition).Select(parts =>
    {
        var first = parts.First();
        return (new VisitorKey(first.Site, first.Visitor, first.SessionKey, first.Bot is not null),
            new VisitSpan(first.Visit, parts.Min(part => part.StartedAt), parts.Max(part => part.EndedAt)));
    });

    void Relabel(VisitMerge merge)
    {
        Assert.DoesNotContain(merge.From, _merged);
        Assert.DoesNotContain(merge.Into, _merged);
        foreach (var row in _events.Where(row => row.Site == merge.Site && row.Visit == merge.From))
            row.Visit = merge.Into;
        foreach (var part in _parts.Where(part => part.Site == merge.Site && part.Visit == merge.From))
            part.Visit = merge.Into;
    }
}
