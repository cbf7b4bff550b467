using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Sites;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// Turns records of the hit log into batches for a warehouse, in the order of the log. What it remembers (event ids, visits, counters) is ahead
/// of the warehouse by the batches that are not committed yet: when one of them fails, a new builder must begin from the warehouse.
/// </summary>
sealed class BatchBuilder
{
    static readonly TimeSpan KnownBehind = TimeSpan.FromHours(26);

    /// <summary>How often a hit is tried before it is set aside: what fails once and not again was not the hit's fault.</summary>
    const int Tries = 3;

    const int ReasonLength = 300;

    readonly IWarehouse _warehouse;
    readonly long _epoch;
    readonly SiteDirectory _sites;
    readonly EventPipeline _pipeline;
    readonly SeenEvents _seen;
    readonly VisitBook _visits;
    readonly LocalDays _days = new();
    readonly string _definition;
    readonly IReadOnlySet<int>? _only;
    IReadOnlyDictionary<(long Offset, int Index), SetAsideHit>? _aside;
    Exception? _fault;
    LogPosition _from;
    long _nextSequence;
    long _nextVisit;
    long _completeUntil;

    BatchBuilder(
        IWarehouse warehouse, SiteDirectory sites, EventPipeline pipeline, SeenEvents seen, VisitBook visits, WarehouseState state, long epoch, string definition,
        IReadOnlySet<int>? only)
    {
        (_warehouse, _sites, _pipeline, _seen, _visits, _epoch, _definition, _only) = (warehouse, sites, pipeline, seen, visits, epoch, definition, only);
        (Position, _from, _nextSequence, _nextVisit, _completeUntil) = (state.Position, state.Position, state.NextSequence, state.NextVisit, state.CompleteUntil);
    }

    /// <summary>Everything before it has been taken into a batch.</summary>
    public LogPosition Position { get; private set; }

    /// <summary>Learns from the warehouse what was seen before a position.</summary>
    /// <param name="state">Where the warehouse stands.</param>
    /// <param name="start">Where to begin reading: where the warehouse stands, or behind what retention has deleted.</param>
    /// <param name="epoch">As in <see cref="WarehouseBatch.Epoch"/>.</param>
    /// <param name="only">The sites whose hits are taken; null takes all. The hits of others are numbered all the same.</param>
    /// <param name="aside">Hits that are set aside, by record and place, and are to stay so without being tried; null is none.</param>
    public static BatchBuilder Open(
        IWarehouse warehouse, SiteDirectory sites, EnrichmentRules rules, ProcessorOptions options, WarehouseState state, LogPosition start, long epoch,
        IReadOnlySet<int>? only = null, IReadOnlyDictionary<(long Offset, int Index), SetAsideHit>? aside = null)
    {
        var seen = new SeenEvents(options.DedupeDays, options.DedupeKeysMax);
        seen.Load(warehouse.Keys(state.Position.Partition), DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(state.CompleteUntil).UtcDateTime));
        var visits = new VisitBook(options.VisitorsMax);
        var since = state.HasNoVisits ? long.MinValue : state.CompleteUntil - (long)KnownBehind.TotalMilliseconds;
        visits.Load(warehouse.VisitsSince(state.Position.Partition, since), since);
        return new BatchBuilder(warehouse, sites, new EventPipeline(rules, seen), seen, visits, state, epoch, DefinitionVersion.Of(rules), only) { Position = start, _aside = aside };
    }

    /// <summary>Runs the steps on the hits of some records. The batch is not whole before <see cref="SetVisitsAsync"/>.</summary>
    /// <param name="now">Milliseconds.</param>
    public WarehouseBatch Take(IReadOnlyList<LogRecord> records, long now)
    {
        var batch = BatchTo(records[^1].NextOffset);
        foreach (var record in records)
        {
            if (HitBatchCodec.TryRead(record.Bytes) is { } hits)
                Take(hits, record.Offset, batch, now);
            // It passed its checksum and yet says nothing: told like damage, because waiting would not mend it.
            else
                batch.Damage.Add(new LogDamage(Position.Partition, record.Offset, record.NextOffset, now));
        }
        (batch.NextSequence, batch.CompleteUntil) = (_nextSequence, _completeUntil);
        return batch;
    }

    /// <summary>Takes a record without running the steps: its hits are set aside. As <see cref="Take(IReadOnlyList{LogRecord}, long)"/>.</summary>
    /// <param name="fault">What the batches failed with that the record was in.</param>
    public WarehouseBatch SetAside(LogRecord record, Exception fault, long now)
    {
        _fault = fault;
        var batch = Take([record], now);
        _fault = null;
        return batch;
    }

    /// <summary>Damage costs the records it hit and no others. It is stored with the position, so that it is told and never comes up twice.</summary>
    /// <param name="foundAt">Milliseconds.</param>
    public WarehouseBatch PassOver(HitLogDamagedException damage, long foundAt)
    {
        var batch = BatchTo(damage.Next.Offset);
        batch.Damage.Add(new LogDamage(Position.Partition, damage.Position.Offset, damage.Next.Offset, foundAt));
        return batch;
    }

    /// <summary>Runs the steps once more on hits that are set aside, behind everything that was taken; as <see cref="Take(IReadOnlyList{LogRecord}, long)"/>.</summary>
    /// <param name="again">With the hits of the record that each came in; null where history does not have it any more.</param>
    /// <param name="now">Milliseconds.</param>
    public WarehouseBatch TakeAgain(IReadOnlyList<(SetAsideHit Hit, HitBatch? Record)> again, long now)
    {
        var batch = BatchTo(Position.Offset);
        foreach (var (aside, record) in again)
        {
            batch.Replayed.Add(aside);
            batch.Count(aside.Site, aside.ReceivedAt, Outcomes.SetAside, -1);
            if (record is null)
                batch.SetAside.Add(aside with { Reason = "Its raw hit is not in the history any more.", TriedAt = now });
            batch.Count(
                aside.Site,
                aside.ReceivedAt,
                record is null ? Outcomes.SetAside : OutcomeOf(record, aside.Index, new Origin(aside.Offset, now, aside.Sequence), batch));
        }
        return batch;
    }

    /// <summary>
    /// Whether a hit may be what a step failed on. Memory and a program that is ending are not: they fail on whatever comes, and come back. Steps do
    /// no I/O that could fail; the log and the warehouse are asked elsewhere.
    /// </summary>
    public static bool IsOfTheHit(Exception fault) =>
        fault is not (OutOfMemoryException or ObjectDisposedException or OperationCanceledException);

    /// <summary>
    /// Finds the visit of every event. The batches before must be committed: what is not remembered is looked up in the warehouse. May run while
    /// later batches are taken, for the two remember nothing in common.
    /// </summary>
    public async ValueTask SetVisitsAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        _visits.Trim();
        await LearnVisitsAsync(batch, cancellation);
        foreach (var taken in batch.Events)
            SetVisit(taken, batch);
        batch.NextVisit = _nextVisit;
    }

    WarehouseBatch BatchTo(long offset)
    {
        (Position, var from) = (Position with { Offset = offset }, _from);
        _from = Position;
        return new WarehouseBatch
        {
            From = from,
            Position = Position,
            Epoch = _epoch,
            NextSequence = _nextSequence,
            NextVisit = _nextVisit,
            CompleteUntil = _completeUntil,
            Definition = _definition,
        };
    }

    void Take(HitBatch hits, long offset, WarehouseBatch batch, long now)
    {
        _completeUntil = hits.ReceivedAt;
        batch.Hits += hits.Hits.Count;
        for (var index = 0; index < hits.Hits.Count; index++)
        {
            var hit = hits.Hits[index];
            _sites.MakeCertain(hit.Site);
            if (_only is not null && !_only.Contains(hit.Site))
            {
                if (hit.Refusal is null && _sites.ById(hit.Site) is not null)
                    _nextSequence++;
                continue;
            }
            batch.Count(hit.Site, hits.ReceivedAt, Outcomes.Accepted);
            batch.Count(hit.Site, hits.ReceivedAt, OutcomeOf(hits, index, new Origin(offset, now), batch));
        }
    }

    string OutcomeOf(HitBatch hits, int index, in Origin origin, WarehouseBatch batch)
    {
        var hit = hits.Hits[index];
        if (hit.Refusal is { } refusal)
            return Outcomes.Refused + refusal;
        if (_sites.ById(hit.Site) is not { } site)
            return DropReason.SiteDeleted.Outcome();
        var sequence = origin.Sequence ?? _nextSequence++;
        if (_aside is not null && _aside.TryGetValue((origin.Offset, index), out var known))
        {
            batch.SetAside.Add(known with { Sequence = sequence });
            return DropReason.SetAside.Outcome();
        }
        if (_fault is not null)
            return SetAside(hits, index, new Origin(origin.Offset, origin.Now, sequence), _fault, batch);
        var keys = batch.Keys.Count;
        for (var tried = 1; ; tried++)
        {
            try
            {
                return RunSteps(hits, index, site, origin.Offset, sequence, batch);
            }
            catch (Exception fault) when (IsOfTheHit(fault))
            {
                _seen.TakeBack(batch.Keys, keys);
                if (tried < Tries)
                    continue;
                return SetAside(hits, index, new Origin(origin.Offset, origin.Now, sequence), fault, batch);
            }
        }
    }

    string SetAside(HitBatch hits, int index, in Origin origin, Exception fault, WarehouseBatch batch)
    {
        var hit = hits.Hits[index];
        batch.SetAside.Add(new SetAsideHit(
            Position.Partition, origin.Offset, index, hits.IdOf(index), hit.Site, hit.Visitor, hits.ReceivedAt, origin.Sequence!.Value, ReasonOf(fault), origin.Now));
        return DropReason.SetAside.Outcome();
    }

    static string ReasonOf(Exception fault)
    {
        var reason = new CutText(stackalloc char[ReasonLength]);
        reason.Append(fault.GetType().Name);
        reason.Append(": ");
        reason.Append(fault.Message);
        return reason.ToString();
    }

    /// <summary>Adds to the batch only when all steps are through; keys alone are added before.</summary>
    string RunSteps(HitBatch hits, int index, Site site, long offset, long sequence, WarehouseBatch batch)
    {
        var context = EventContext.Of(hits.Hits[index], hits, site, offset, sequence, batch.Keys, hits.MayRepeat ? hits.IdOf(index) : null);
        var reason = _pipeline.Run(context);
        if (reason != DropReason.None)
            return reason.Outcome();
        batch.Days.Add((site.Id, _days.Of(site, context.Event.OccurredAt)));
        batch.Events.Add(context.Event);
        batch.Activity[site.Id] = batch.Activity.GetValueOrDefault(site.Id).With(hits.ReceivedAt, context.Sent.Tracker is not null);
        return context.Event.Bot is null ? Outcomes.Counted : Outcomes.Bot;
    }

    async ValueTask LearnVisitsAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        HashSet<VisitorKey>? unknown = null;
        foreach (var taken in batch.Events)
        {
            var visitor = VisitorOf(taken);
            if (!_visits.Knows(visitor, taken.OccurredAt, TimeoutOf(taken)))
                (unknown ??= []).Add(visitor);
        }
        if (unknown is null)
            return;
        var found = await _warehouse.FindVisitsAsync(Position.Partition, unknown, cancellation);
        var spans = found.ToLookup(visit => visit.Visitor, visit => visit.Span);
        foreach (var visitor in unknown)
            _visits.Learn(visitor, spans[visitor]);
    }

    void SetVisit(Event taken, WarehouseBatch batch)
    {
        var visitor = VisitorOf(taken);
        var assigned = _visits.Assign(visitor, taken.OccurredAt, TimeoutOf(taken), _nextVisit);
        taken.Visit = assigned.Visit;
        if (assigned.IsNew)
            _nextVisit++;
        if (assigned.EndedBefore < _warehouse.VisitsMergedBefore(Position.Partition))
            batch.Reopened.Add(assigned.Visit);
        if (assigned.Joined is { } joined)
        {
            batch.Reopened.Add(joined);
            batch.Merges.Add(new VisitMerge(taken.Site, joined, assigned.Visit, assigned.JoinedSpan.StartedAt, assigned.JoinedSpan.EndedAt));
        }
        var part = batch.PartOf(taken);
        part.Add(taken);
        part.Whole = assigned.Span;
    }

    static VisitorKey VisitorOf(Event taken) => new(taken.Site, taken.Visitor, taken.SessionKey, taken.Bot is not null);

    long TimeoutOf(Event taken) => (_sites.ById(taken.Site)?.Settings ?? SiteSettings.Default).VisitTimeoutMinutes * 60_000L;

    /// <param name="Offset">Of the record that a hit came in.</param>
    /// <param name="Now">Milliseconds.</param>
    /// <param name="Sequence">The number that it has already; null gives it the next.</param>
    readonly record struct Origin(long Offset, long Now, long? Sequence = null);
}
