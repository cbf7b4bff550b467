using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Pipeline;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Core.Search;

/// <summary>
/// Says what processing made of raw hits. What a hit came to is not written down for each; it is found again: the steps are run once more on the
/// hit alone, and the warehouse is asked which of the hits have an event. A hit that ought to have one and has none was a repeat of another.
/// </summary>
/// <param name="position">Everything of a partition before it is worked off.</param>
public sealed class HitInspector(
    IHitIndex index, SiteDirectory sites, EnrichmentRules rules, IWarehouse warehouse, Func<int, CancellationToken, ValueTask<LogPosition>> position)
{
    /// <summary>It is not worked off yet.</summary>
    public const string Pending = "pending";

    /// <summary>Today's rules would count it, it repeats nothing by an id, and the warehouse does not have it: forgotten, or made with other rules.</summary>
    public const string Absent = "absent";

    /// <summary>How many hits are looked at to fill one page of an outcome.</summary>
    const int LookedAtMost = 5000;

    /// <summary>A page of the hits that a query wants and that came to an outcome.</summary>
    /// <param name="outcome">Null is any.</param>
    /// <exception cref="HitSearchUnavailableException">Nobody answers, or nobody can.</exception>
    public async ValueTask<InspectedPage> SearchAsync(HitQuery query, string? outcome, CancellationToken cancellation)
    {
        var found = new List<InspectedHit>();
        var asked = outcome is null ? query : query with { Limit = HitQuery.LimitMost, Refusal = RefusalOf(outcome) };
        for (var lookedAt = 0; ;)
        {
            var page = await index.SearchAsync(asked, cancellation);
            foreach (var hit in await InspectAsync(page.Hits, cancellation))
            {
                if (outcome is not null && hit.Outcome != outcome)
                    continue;
                found.Add(hit);
                if (found.Count == query.Limit && (page.Next is not null || hit.Hit != page.Hits[^1]))
                    return new InspectedPage(found, hit.Hit.Place);
            }
            lookedAt += page.Hits.Count;
            if (page.Next is null || lookedAt >= LookedAtMost)
                return new InspectedPage(found, page.Next);
            asked = asked with { Before = page.Next };
        }
    }

    /// <summary>What came since a position of the index, inspected; as <see cref="IHitIndex.TailAsync"/>.</summary>
    public async ValueTask<(IReadOnlyList<InspectedHit> Hits, string Position)> TailAsync(HitQuery query, string? since, CancellationToken cancellation)
    {
        var tail = await index.TailAsync(query, since, cancellation);
        return (await InspectAsync(tail.Hits, cancellation), tail.Position);
    }

    /// <summary>The reason of a refusal by the collector, which an index can look for; null when the outcome is one of processing.</summary>
    static string? RefusalOf(string outcome) =>
        outcome.StartsWith(Outcomes.Refused, StringComparison.Ordinal) && !Enum.GetValues<DropReason>().Any(reason => reason != DropReason.None && reason.Outcome() == outcome)
            ? outcome[Outcomes.Refused.Length..]
            : null;

    async ValueTask<IReadOnlyList<InspectedHit>> InspectAsync(IReadOnlyList<FoundHit> hits, CancellationToken cancellation)
    {
        var done = new Dictionary<int, long>();
        foreach (var partition in hits.Select(hit => hit.Position.Partition).Distinct())
            done[partition] = (await position(partition, cancellation)).Offset;
        var made = hits.Select(MakeAgain).ToList();
        var rows = new FoundEvents(await EventsOfAsync(made, cancellation));
        var outcomes = new Dictionary<FoundHit, InspectedHit>();
        // In the order of the log, in which the first of equal events got its row.
        foreach (var one in made.OrderBy(one => one.Hit.Position.Offset).ThenBy(one => one.Hit.Index))
            outcomes[one.Hit] = Inspect(one, done[one.Hit.Position.Partition], rows);
        return [.. hits.Select(hit => outcomes[hit])];
    }

    static InspectedHit Inspect(Made made, long done, FoundEvents rows)
    {
        var (hit, sent, meant) = (made.Hit, made.Sent, made.Event);
        if (hit.Hit.Refusal is { } refusal)
            return new InspectedHit(hit, Outcomes.Refused + refusal, null, null, null);
        if (meant is not null && rows.TryTake(hit, meant) is { } row)
            return new InspectedHit(hit, row.IsBot ? Outcomes.Bot : Outcomes.Counted, sent, meant, row.Visit);
        if (hit.Position.Offset >= done)
            return new InspectedHit(hit, Pending, sent, meant, null);
        if (made.Reason != DropReason.None)
            return new InspectedHit(hit, made.Reason.Outcome(), sent, meant, null);
        var mayRepeat = hit.Id.Version == 8 || sent is { EventId.Length: > 0 } or { Name: EventNames.Purchase, OrderId.Length: > 0 };
        return new InspectedHit(hit, mayRepeat ? Outcomes.Duplicate : Absent, sent, meant, null);
    }

    async ValueTask<IReadOnlyList<FoundEvent>> EventsOfAsync(List<Made> made, CancellationToken cancellation)
    {
        var events = made.Where(one => one.Event is not null).ToList();
        if (events.Count == 0)
            return [];
        return await warehouse.FindEventsAsync(
            events[0].Hit.Hit.Site,
            events.Min(one => one.Event!.OccurredAt),
            events.Max(one => one.Event!.OccurredAt) + 1,
            [.. events.Select(one => one.Hit.Position.Offset).Distinct()],
            cancellation);
    }

    Made MakeAgain(FoundHit found)
    {
        var hit = found.Hit;
        if (hit.Refusal is not null)
            return new Made(found, DropReason.None, null, null);
        if (sites.ById(hit.Site) is not { } site)
            return new Made(found, DropReason.SiteDeleted, null, null);
        // Nothing was seen before: whether it is a repeat is told by the warehouse.
        var batch = new HitBatch(found.Id, found.ReceivedAt, found.AcceptLanguage, [hit]);
        var context = EventContext.Of(hit, batch, site, found.Position.Offset, sequence: 0, newKeys: [], repeatableId: null);
        var reason = RunSteps(context);
        return reason is DropReason.Undecodable or DropReason.SetAside ? new Made(found, reason, null, null) : new Made(found, reason, context.Sent, context.Event);
    }

    DropReason RunSteps(EventContext context)
    {
        try
        {
            return new EventPipeline(rules, new SeenEvents(windowDays: 1, keysMax: 8)).Run(context);
        }
        catch (Exception fault) when (BatchBuilder.IsOfTheHit(fault))
        {
            return DropReason.SetAside;
        }
    }

    sealed record Made(FoundHit Hit, DropReason Reason, SentEvent? Sent, Event? Event);
}
