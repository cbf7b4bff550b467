using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;
using Footfall.Tests.Contracts;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>A process that ends at each of its calls to the disk in turn, through commits, compactions, amendments and an erasure.</summary>
[Trait("speed", "slow")]
public sealed class ParquetCrashes
{
    const long Noon = 1_774_700_000_000;
    const long Minute = 60_000;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Wherever_a_process_ends_the_next_one_finds_the_version_before_or_the_version_after()
    {
        var expected = await RunAsync(new ParquetScratch(), int.MaxValue);
        var ended = 0;
        // The calls come in fours for a file: by sevens each of the four is met, of one file or another.
        for (var stopAt = 0; ; stopAt += 7)
        {
            var scratch = new ParquetScratch();
            var got = await RunAsync(scratch, stopAt);
            Assert.Equal(expected.Text, got.Text);
            if (!got.Crashed)
                break;
            ended++;
        }
        Assert.InRange(ended, 20, 2_000);
    }

    /// <summary>Every step until it is done, with one end of a process on the way; and what is there in the end.</summary>
    static async Task<(string Text, bool Crashed)> RunAsync(ParquetScratch scratch, int stopAt)
    {
        using (scratch)
        {
            var (calls, crashed, done) = (0, false, 0);
            var disk = new FailingWarehouseDisk(() => calls++ == stopAt);
            var warehouse = Open(scratch, disk);
            var state = await warehouse.StateAsync(0, Stop);
            while (done < Steps.Length)
            {
                try
                {
                    await Steps[done](warehouse, state);
                    done++;
                }
                catch (CrashException)
                {
                    crashed = true;
                    await warehouse.DisposeAsync();
                    warehouse = Open(scratch, disk);
                    // It may be done although nobody was told.
                    state = await warehouse.StateAsync(0, Stop);
                    Assert.Contains(state.Position.Offset, (long[])[done == 0 ? 0 : Offsets[done - 1], Offsets[done]]);
                }
            }
            await using (warehouse)
                return (await TextOfAsync(warehouse), crashed);
        }
    }

    static ParquetWarehouse Open(ParquetScratch scratch, WarehouseDisk disk) => scratch.Open(disk, with: options => options with { FanOut = 3, FileRows = 20, Keep = TimeSpan.Zero });

    /// <summary>Each moves on from where the warehouse stands, as a processor does: what is in it already is not brought again.</summary>
    static readonly Func<ParquetWarehouse, WarehouseState, Task>[] Steps =
    [
        (to, state) => CommitAsync(to, state, 100, Click(1, 1, Noon), Click(1, 2, Noon + (40 * Minute)), Click(2, 3, Noon)),
        (to, state) => CommitAsync(to, state, 200, Click(1, 1, Noon + Minute), Click(3, 4, Noon)),
        (to, _) => to.CompactAsync(0, 0, Noon + (45 * Minute), new DateOnly(2026, 1, 1), Stop).AsTask(),
        (to, state) => CommitAsync(to, state, 300, [new VisitMerge(1, 2, 1, Noon, Noon + (40 * Minute))], Click(1, 1, Noon + (20 * Minute))),
        (to, state) => CommitAsync(to, state, 400, Click(3, 4, Noon + (2 * Minute))),
        (to, _) => to.CompactAsync(0, 0, Noon + (60 * Minute), new DateOnly(2026, 1, 1), Stop).AsTask(),
        (to, _) => to.ForgetAsync(0, 1, 3, Stop).AsTask(),
        (to, _) => to.CompactAsync(0, 0, Noon + (60 * Minute), new DateOnly(2026, 1, 1), Stop).AsTask(),
    ];

    /// <summary>Where the log stands after each step.</summary>
    static readonly long[] Offsets = [100, 200, 200, 300, 400, 400, 400, 400];

    static Task CommitAsync(ParquetWarehouse to, WarehouseState state, long offset, params Event[] events) => CommitAsync(to, state, offset, [], events);

    static async Task CommitAsync(ParquetWarehouse to, WarehouseState state, long offset, VisitMerge[] merges, params Event[] events)
    {
        if (state.Position.Offset >= offset)
            return;
        var batch = new WarehouseBatch { Position = new LogPosition(0, offset), NextSequence = offset, NextVisit = 60, CompleteUntil = Noon + offset };
        foreach (var one in events)
        {
            batch.Events.Add(one);
            batch.PartOf(one).Add(one);
            batch.Reopened.Add(one.Visit);
            batch.Count(1, Noon, Outcomes.Accepted);
            batch.Count(1, Noon, Outcomes.Counted);
            batch.Keys.Add(((UInt128)(ulong)offset, new DateOnly(2026, 3, 28)));
            batch.Activity[1] = new SiteActivity(Noon + offset, null);
            one.Items = [new SentItem("i", "Item", null, null, null, 1, 1)];
        }
        foreach (var merge in merges)
        {
            batch.Merges.Add(merge);
            batch.Reopened.UnionWith([merge.From, merge.Into]);
        }
        await to.CommitAsync(batch, Stop);
    }

    static async Task<string> TextOfAsync(ParquetWarehouse warehouse)
    {
        var books = await warehouse.BooksAsync(0, Stop);
        using var reader = warehouse.Connect();
        return string.Join('\n', [
            $"{books.Position} {books.Events} {books.Visits} {WarehouseRows.CountEvents(reader)} {WarehouseRows.CountUneven(reader)} {WarehouseRows.Count(reader, "items")}",
            .. books.Outcomes.Select(sum => sum.ToString()), .. WarehouseRows.Visits(reader).Select(visit => visit.ToString()),
            .. warehouse.Keys(0).Select(key => key.ToString()).Order(StringComparer.Ordinal), (await warehouse.ActivityAsync(1, Stop)).ToString(), (await warehouse.StateAsync(0, Stop)).ToString(),
        ]);
    }

    static Event Click(ulong visitor, long visit, long at) => new()
    {
        Site = 1,
        Sequence = at + (long)visitor,
        LogOffset = 1,
        ReceivedAt = Noon,
        OccurredAt = at,
        Visitor = visitor,
        Visit = visit,
        Name = "click",
        Page = "/",
        Identity = VisitorIdentity.User,
    };
}
