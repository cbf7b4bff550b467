using DuckDB.NET.Data;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Contracts;

/// <summary>What every warehouse promises to its writer and to operators. A subclass per implementation opens one, empty at first, again and again.</summary>
public abstract class WarehouseContract
{
    const long Minute = 60_000;
    const long Noon = 1_774_700_000_000;

    static readonly DateOnly Day = new(2026, 3, 28);

    protected static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>Opens the same storage as a further process would.</summary>
    protected abstract IWarehouse Open();

    protected abstract DuckDBConnection Connect(IWarehouse warehouse);

    [Fact]
    public async Task An_empty_one_begins_where_the_log_does()
    {
        await using var warehouse = Open();
        Assert.Equal(WarehouseState.Empty(0), await warehouse.StateAsync(0, Stop));
        Assert.Empty(warehouse.Keys(0));
        Assert.Empty(warehouse.VisitsSince(0, 0));
        Assert.Empty(warehouse.Damage());
        Assert.Equal(default, await warehouse.ActivityAsync(1, Stop));
        Assert.Equal((0, 0), (await warehouse.BooksAsync(0, Stop)) is var books ? (books.Events, books.Visits) : default);
    }

    [Fact]
    public async Task A_batch_is_there_also_for_the_next_process()
    {
        var first = Batch(900, Click(visitor: 1, visit: 1, Noon), Click(visitor: 1, visit: 1, Noon + Minute), Click(visitor: 2, visit: 2, Noon));
        first.Keys.Add((UInt128.MaxValue - 5, Day));
        first.Keys.Add((7, Day.AddDays(-1)));
        first.Damage.Add(new LogDamage(0, 10, 20, Noon));
        first.Activity[1] = new SiteActivity(Noon, null);
        await using (var warehouse = Open())
        {
            await warehouse.StateAsync(0, Stop);
            await warehouse.CommitAsync(first, Stop);
        }
        await using var again = Open();
        Assert.Equal(new WarehouseState(new LogPosition(0, 900), 50, 60, Noon), await again.StateAsync(0, Stop));
        Assert.Equal([(7, Day.AddDays(-1)), (UInt128.MaxValue - 5, Day)], again.Keys(0));
        Assert.Equal([new LogDamage(0, 10, 20, Noon)], again.Damage());
        Assert.Equal(new SiteActivity(Noon, null), await again.ActivityAsync(1, Stop));
        var hour = Noon - (Noon % 3_600_000);
        Assert.Equal(
            [new LedgerLine(1, hour, Outcomes.Accepted, 3), new LedgerLine(1, hour, Outcomes.Counted, 3)],
            await again.LedgerAsync(1, hour, hour + 1, Stop));
        Assert.Empty(await again.LedgerAsync(1, hour + 1, hour + Minute, Stop));
        Assert.Equal(
            [(new VisitorKey(1, 1, 0, false), new VisitSpan(1, Noon, Noon + Minute))],
            again.VisitsSince(0, Noon + 1));
        Assert.Equal(
            [(new VisitorKey(1, 2, 0, false), new VisitSpan(2, Noon, Noon))],
            await again.FindVisitsAsync(0, [new VisitorKey(1, 2, 0, false), new VisitorKey(1, 3, 0, false)], Stop));
    }

    [Fact]
    public async Task Events_are_found_by_the_records_they_came_from()
    {
        await using var warehouse = Open();
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(Batch(100, Click(1, 1, Noon, sequence: 1), Click(2, 2, Noon + Minute, sequence: 2)), Stop);
        Assert.Equal(
            [new FoundEvent(1, 1, 1, Noon, "click", "/", 1, false), new FoundEvent(2, 1, 2, Noon + Minute, "click", "/", 2, false)],
            await warehouse.FindEventsAsync(1, Noon, Noon + Minute + 1, [1, 7], Stop));
        Assert.Single(await warehouse.FindEventsAsync(1, Noon, Noon + Minute, [1], Stop));
        Assert.Empty(await warehouse.FindEventsAsync(1, Noon, Noon + Minute, [2], Stop));
        Assert.Empty(await warehouse.FindEventsAsync(2, Noon, Noon + Minute, [1], Stop));
    }

    [Fact]
    public async Task Compaction_changes_no_answer_and_merged_visits_grow_and_join_all_the_same()
    {
        await using var warehouse = Open();
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(Batch(100, Click(1, 1, Noon), Click(1, 2, Noon + (40 * Minute)), Click(2, 3, Noon)), Stop);
        await warehouse.CommitAsync(Batch(200, Click(1, 1, Noon + Minute), Click(3, 4, Noon + (50 * Minute))), Stop);
        await CheckAsync(warehouse, [1, 1, 1, 2], Noon + (45 * Minute));
        Assert.Equal(Noon + (45 * Minute), warehouse.VisitsMergedBefore(0));

        // A late event lengthens a merged visit, another makes one visit of two.
        var late = Batch(300, Click(2, 3, Noon + (2 * Minute)), Click(1, 1, Noon + (20 * Minute)));
        late.Reopened.UnionWith([3, 1, 2]);
        late.Merges.Add(new VisitMerge(1, 2, 1, Noon + (40 * Minute), Noon + (40 * Minute)));
        await warehouse.CommitAsync(late, Stop);
        await CheckAsync(warehouse, [1, 2, 4], Noon + (45 * Minute));

        // What has joined may join again, before and after it was merged.
        var later = Batch(400, Click(1, 1, Noon - Minute));
        later.Reopened.UnionWith([1]);
        await warehouse.CommitAsync(later, Stop);
        var last = Batch(500, Click(1, 6, Noon - (30 * Minute)));
        last.Reopened.UnionWith([1, 6]);
        last.Merges.Add(new VisitMerge(1, 1, 6, Noon - Minute, Noon + (40 * Minute)));
        await warehouse.CommitAsync(last, Stop);
        await CheckAsync(warehouse, [1, 2, 6], Noon + (100 * Minute));
        Assert.Equal(
            [new VisitSpan(6, Noon - (30 * Minute), Noon + (40 * Minute))],
            (await warehouse.FindVisitsAsync(0, [new VisitorKey(1, 1, 0, false)], Stop)).Select(found => found.Span));
    }

    [Fact]
    public async Task Keys_that_are_too_old_are_let_go()
    {
        await using var warehouse = Open();
        await warehouse.StateAsync(0, Stop);
        for (var day = 0; day < 12; day++)
        {
            var batch = Batch(100 + day, Click(1, 1, Noon + (day * Minute)));
            batch.Keys.Add(((UInt128)(uint)day, Day.AddDays(day)));
            await warehouse.CommitAsync(batch, Stop);
            if (day % 3 == 1)
                await warehouse.CompactAsync(0, 0, Noon - Minute, Day.AddDays(day - 4), Stop);
        }
        Assert.Equal(Enumerable.Range(6, 6), warehouse.Keys(0).Select(key => (int)key.Key));
        Assert.Equal(12, (await warehouse.BooksAsync(0, Stop)).Events);
    }

    [Fact]
    public async Task Hits_set_aside_are_listed_in_parts_leave_with_the_batch_that_tried_them_again_and_outlive_compaction()
    {
        SetAsideHit[] hits = [Aside(5, 0, site: 1), Aside(5, 1, site: 2), Aside(9, 0, site: 1), Aside(12, 3, site: 1)];
        await using (var warehouse = Open())
        {
            await warehouse.StateAsync(0, Stop);
            var first = Batch(100, Click(1, 1, Noon));
            first.SetAside.AddRange(hits[..2]);
            await warehouse.CommitAsync(first, Stop);
            var second = Batch(200);
            second.SetAside.AddRange(hits[2..]);
            await warehouse.CommitAsync(second, Stop);
            await warehouse.CompactAsync(0, 0, Noon, Day, Stop);
        }
        await using var again = Open();
        await again.StateAsync(0, Stop);
        Assert.Equal(hits[..3], await again.SetAsideAsync(0, null, (-1, 0), 3, Stop));
        Assert.Equal(hits[1..], await again.SetAsideAsync(0, null, (5, 0), 10, Stop));
        Assert.Equal([hits[1]], await again.SetAsideAsync(0, 2, (-1, 0), 10, Stop));
        Assert.Equal((4, 3, 0), (await again.CountSetAsideAsync(0, null, Stop), await again.CountSetAsideAsync(0, 1, Stop), await again.CountSetAsideAsync(1, null, Stop)));

        var failed = hits[2] with { Reason = "another", TriedAt = Noon + Minute };
        var replay = Batch(200, Click(2, 2, Noon));
        replay.Replayed.AddRange(hits[1..3]);
        replay.SetAside.Add(failed);
        await again.CommitAsync(replay, Stop);
        Assert.Equal([hits[0], failed, hits[3]], await again.SetAsideAsync(0, null, (-1, 0), 10, Stop));
        Assert.Equal(2, (await again.BooksAsync(0, Stop)).Events);
    }

    [Fact]
    public async Task Hits_set_aside_are_forgotten_with_whose_they_are()
    {
        await using var warehouse = Open();
        await warehouse.StateAsync(0, Stop);
        var batch = Batch(900);
        SetAsideHit[] hits = [Aside(5, 0, site: 1), Aside(6, 0, site: 1) with { Visitor = 8 }, Aside(7, 0, site: 2)];
        batch.SetAside.AddRange(hits);
        foreach (var hit in hits)
        {
            batch.Count(hit.Site, Noon, Outcomes.Accepted);
            batch.Count(hit.Site, Noon, Outcomes.SetAside);
        }
        await warehouse.CommitAsync(batch, Stop);
        await warehouse.ForgetAsync(0, 1, 7, Stop);
        Assert.Equal(hits[1..], await warehouse.SetAsideAsync(0, null, (-1, 0), 10, Stop));
        await warehouse.ForgetAsync(0, 1, null, Stop);
        Assert.Equal(hits[2..], await warehouse.SetAsideAsync(0, null, (-1, 0), 10, Stop));
        Assert.Equal(
            [new(1, Outcomes.Accepted, 2), new(1, Outcomes.Erased, 2), new(1, Outcomes.SetAside, 0), new(2, Outcomes.Accepted, 1), new(2, Outcomes.SetAside, 1)],
            (await warehouse.BooksAsync(0, Stop)).Outcomes);
    }

    [Fact]
    public async Task Whoever_is_forgotten_leaves_with_visits_events_and_items_and_the_ledger_balances()
    {
        await using var warehouse = Open();
        await warehouse.StateAsync(0, Stop);
        var batch = Batch(900);
        for (var number = 1; number <= 6; number++)
        {
            var made = Click((ulong)(number % 3) + 1, (number % 3) + 1, 5000, number);
            made.Items = [new SentItem("i", "Item", null, null, null, 1, 1)];
            Add(batch, made);
        }
        await warehouse.CommitAsync(batch, Stop);
        await warehouse.CompactAsync(0, 0, 10_000, new DateOnly(1970, 1, 1), Stop);
        var gone = await warehouse.ForgetAsync(0, 1, 2, Stop);
        Assert.Equal((new LogPosition(0, 900), 2, 1), (gone.Through, gone.Events, gone.Visits));
        var books = await warehouse.BooksAsync(0, Stop);
        Assert.Equal((4, 2), (books.Events, books.Visits));
        Assert.Equal([new(1, Outcomes.Accepted, 6), new(1, Outcomes.Counted, 4), new(1, Outcomes.Erased, 2)], books.Outcomes);
        gone = await warehouse.ForgetAsync(0, 1, null, Stop);
        Assert.Equal((4, 2), (gone.Events, gone.Visits));
        using var reader = Connect(warehouse);
        Assert.Equal([0, 0, 0, 0], ((string[])["items", "events_all", "visits_all", "site_activity"]).Select(table => WarehouseRows.Count(reader, table)));
    }

    /// <summary>The same before and after compaction: so many events in each visit.</summary>
    async Task CheckAsync(IWarehouse warehouse, int[] events, long visitsEndedBefore)
    {
        Check(warehouse, events);
        await warehouse.CompactAsync(0, 0, visitsEndedBefore, Day, Stop);
        Check(warehouse, events);
    }

    void Check(IWarehouse warehouse, int[] events)
    {
        using var reader = Connect(warehouse);
        Assert.Equal(events, WarehouseRows.Visits(reader).Select(visit => visit.Events).Order());
        Assert.Equal(events.Sum(), WarehouseRows.CountEvents(reader));
        Assert.Equal(0, WarehouseRows.CountUneven(reader));
    }

    static SetAsideHit Aside(long offset, int index, int site) =>
        new(0, offset, index, new Guid((int)offset, (short)index, 0, new byte[8]), site, Visitor: 7, Noon, Sequence: (offset * 10) + index, "FormatException: no", Noon);

    static WarehouseBatch Batch(long offset, params Event[] events)
    {
        var batch = new WarehouseBatch { Position = new LogPosition(0, offset), NextSequence = 50, NextVisit = 60, CompleteUntil = Noon };
        foreach (var one in events)
            Add(batch, one);
        return batch;
    }

    static void Add(WarehouseBatch batch, Event one)
    {
        batch.Events.Add(one);
        batch.PartOf(one).Add(one);
        batch.Count(one.Site, one.ReceivedAt, Outcomes.Accepted);
        batch.Count(one.Site, one.ReceivedAt, Outcomes.Counted);
        batch.Activity[one.Site] = new SiteActivity(one.ReceivedAt, null);
    }

    static Event Click(ulong visitor, long visit, long at, long sequence = 1) => new()
    {
        Site = 1,
        Sequence = sequence,
        LogOffset = 1,
        ReceivedAt = at,
        OccurredAt = at,
        Visitor = visitor,
        Visit = visit,
        Name = "click",
        Page = "/",
        Identity = VisitorIdentity.User,
    };
}
