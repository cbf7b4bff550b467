using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Sites;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Pipeline;

/// <summary>
/// The loop from the hit log to the warehouse, for one partition: read, run the steps, find the visits, commit rows and position in one
/// transaction. Everything it remembers is derived from the warehouse; after any failure it begins again from there, so that a hit is
/// worked off exactly once whatever happens between.
/// </summary>
public sealed class Processor(
    int partition, IHitLog log, IWarehouse warehouse, SiteDirectory sites, IUserAgents agents, IGeography geography,
    TimeProvider clock, ProcessorOptions options)
{
    /// <summary>The name under which the processor's position is registered with the log.</summary>
    public const string ReaderName = "processor";

    static readonly TimeSpan KnownBehind = TimeSpan.FromHours(26);

    EventPipeline _pipeline = null!;
    VisitBook _visits = null!;
    WarehouseState _state = null!;
    int _uncompacted;
    DateTimeOffset _compactedAt;

    /// <summary>Everything before it is in the warehouse.</summary>
    public LogPosition Position => _state?.Position ?? new LogPosition(partition, 0);

    /// <summary>Why the last attempt failed, in words for an operator; null while all is well.</summary>
    public string? Failure { get; private set; }

    /// <summary>Told of every batch once it is in the warehouse, on the processor's own thread: a listener must be quick and must not throw.</summary>
    public event Action<WarehouseBatch>? Committed;

    /// <summary>Hits worked off since the start of the process.</summary>
    public long HitsProcessed { get; private set; }

    /// <summary>Up to when everything received is in the warehouse: now, when nothing waits.</summary>
    public DateTimeOffset CompleteUntil =>
        _state is not null && Position.Offset < log.End(partition).Offset
            ? DateTimeOffset.FromUnixTimeMilliseconds(_state.CompleteUntil)
            : clock.GetUtcNow();

    /// <summary>Works until cancelled; failures are told by <see cref="Failure"/> and to <paramref name="failed"/>, and tried again.</summary>
    public async Task RunAsync(Action<Exception> failed, CancellationToken cancellation)
    {
        while (!cancellation.IsCancellationRequested)
        {
            try
            {
                await OpenAsync(cancellation);
                Failure = null;
                while (true)
                {
                    var events = await StepAsync(cancellation);
                    Failure = null;
                    if (events < options.CompactEvery / 20)
                        await Task.Delay(options.Gather, clock, cancellation);
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Failure = failure.Message;
                failed(failure);
                await Task.Delay(options.Retry, clock, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Takes up the work where the warehouse stands, forgetting whatever was remembered.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        _state = await warehouse.StateAsync(partition, cancellation);
        var seen = new SeenKeys(options.DedupeDays, options.DedupeKeysMax);
        foreach (var (key, day) in warehouse.Keys())
            seen.Add(key, day);
        _visits = new VisitBook(options.VisitorsMax);
        var since = _state.NextVisit == 1 ? long.MinValue : _state.CompleteUntil - (long)KnownBehind.TotalMilliseconds;
        _visits.Load(warehouse.VisitsSince(since), since);
        _pipeline = new EventPipeline(agents, geography, seen);
        _compactedAt = clock.GetUtcNow();
    }

    /// <summary>Works off what the log holds, one transaction; waits until there is something.</summary>
    /// <returns>How many hits it held.</returns>
    public async ValueTask<int> StepAsync(CancellationToken cancellation)
    {
        IReadOnlyList<LogRecord> records;
        try
        {
            records = await ReadAsync(cancellation);
        }
        catch (HitLogDamagedException damage)
        {
            await PassOverAsync(damage, cancellation);
            return 0;
        }
        var batch = BatchTo(records[^1].NextOffset);
        var hits = 0;
        foreach (var record in records)
            hits += Take(record, batch);
        await LearnVisitsAsync(batch, cancellation);
        foreach (var taken in batch.Events)
            SetVisit(taken, batch);
        await CommitAsync(batch, cancellation);
        HitsProcessed += hits;
        Committed?.Invoke(batch);
        await AfterCommitAsync(batch, cancellation);
        return hits;
    }

    /// <summary>Read once more after damage: what memory or a cable spoilt on the way may be whole on the disk, and passing over is for good.</summary>
    async ValueTask<IReadOnlyList<LogRecord>> ReadAsync(CancellationToken cancellation)
    {
        try
        {
            return await log.ReadAsync(_state.Position, options.BatchBytesMax, cancellation);
        }
        catch (HitLogDamagedException)
        {
            return await log.ReadAsync(_state.Position, options.BatchBytesMax, cancellation);
        }
    }

    /// <summary>Damage costs the records it hit and no others. It is stored with the position, so that it is told and never comes up twice.</summary>
    ValueTask PassOverAsync(HitLogDamagedException damage, CancellationToken cancellation)
    {
        var batch = BatchTo(damage.Next.Offset);
        batch.Damage.Add(new LogDamage(partition, damage.Position.Offset, damage.Next.Offset, clock.GetUtcNow().ToUnixTimeMilliseconds()));
        return CommitAsync(batch, cancellation);
    }

    WarehouseBatch BatchTo(long offset) => new()
    {
        Position = _state.Position with { Offset = offset },
        NextSequence = _state.NextSequence,
        NextVisit = _state.NextVisit,
        CompleteUntil = _state.CompleteUntil,
    };

    async ValueTask CommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        await warehouse.CommitAsync(batch, cancellation);
        _state = new WarehouseState(batch.Position, batch.NextSequence, batch.NextVisit, batch.CompleteUntil);
    }

    async ValueTask AfterCommitAsync(WarehouseBatch batch, CancellationToken cancellation)
    {
        _visits.Trim();
        _uncompacted += batch.Events.Count;
        var now = clock.GetUtcNow();
        if (_uncompacted < options.CompactEvery && now - _compactedAt < options.MergeVisitsAfter)
            return;
        (_uncompacted, _compactedAt) = (0, now);
        await log.ReleaseAsync(ReaderName, batch.Position, cancellation);
        await warehouse.CompactAsync(
            (now - options.MergeVisitsAfter).ToUnixTimeMilliseconds(),
            DateOnly.FromDateTime(now.UtcDateTime).AddDays(-options.DedupeDays),
            cancellation);
    }

    int Take(LogRecord record, WarehouseBatch batch)
    {
        var hits = HitBatchCodec.Read(record.Bytes);
        batch.CompleteUntil = hits.ReceivedAt;
        foreach (var hit in hits.Hits)
        {
            batch.Count(hit.Site, hits.ReceivedAt, Outcomes.Accepted);
            batch.Count(hit.Site, hits.ReceivedAt, OutcomeOf(hit, hits, record.Offset, batch));
        }
        return hits.Hits.Count;
    }

    string OutcomeOf(in Hit hit, HitBatch hits, long offset, WarehouseBatch batch)
    {
        if (hit.Refusal is { } refusal)
            return Outcomes.Refused + refusal;
        if (sites.ById(hit.Site) is not { } site)
            return DropReason.SiteDeleted.Outcome();
        var context = new EventContext
        {
            Hit = hit,
            Batch = hits,
            Site = site,
            Event = new Event
            {
                Site = hit.Site,
                Sequence = batch.NextSequence++,
                LogOffset = offset,
                ReceivedAt = hits.ReceivedAt,
                Visitor = hit.Visitor,
                Identity = hit.Identity,
            },
        };
        var reason = _pipeline.Run(context);
        foreach (var key in context.NewKeys)
            batch.Keys.Add((key, context.ReceivedDay));
        if (reason != DropReason.None)
            return reason.Outcome();
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
        var found = await warehouse.FindVisitsAsync(unknown, cancellation);
        var spans = found.ToLookup(visit => visit.Visitor, visit => visit.Span);
        foreach (var visitor in unknown)
            _visits.Learn(visitor, spans[visitor]);
    }

    void SetVisit(Event taken, WarehouseBatch batch)
    {
        var visitor = VisitorOf(taken);
        var assigned = _visits.Assign(visitor, taken.OccurredAt, TimeoutOf(taken), batch.NextVisit);
        taken.Visit = assigned.Visit;
        if (assigned.IsNew)
            batch.NextVisit++;
        if (assigned.EndedBefore < warehouse.VisitsMergedBefore)
            batch.Reopened.Add(assigned.Visit);
        if (assigned.Joined is { } joined)
        {
            batch.Reopened.Add(joined);
            batch.Merges.Add(new VisitMerge(taken.Site, joined, assigned.Visit, assigned.JoinedSpan.StartedAt, assigned.JoinedSpan.EndedAt));
        }
        var key = (taken.Site, taken.Visit);
        if (!batch.Parts.TryGetValue(key, out var part))
        {
            part = new VisitPart
            {
                Site = taken.Site,
                Visit = taken.Visit,
                Visitor = taken.Visitor,
                Identity = taken.Identity,
                SessionKey = taken.SessionKey,
                Bot = taken.Bot,
            };
            batch.Parts.Add(key, part);
        }
        part.Add(taken);
    }

    static VisitorKey VisitorOf(Event taken) => new(taken.Site, taken.Visitor, taken.SessionKey, taken.Bot is not null);

    long TimeoutOf(Event taken) => (sites.ById(taken.Site)?.Settings ?? SiteSettings.Default).VisitTimeoutMinutes * 60_000L;
}
