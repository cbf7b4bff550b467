using System.Text.Json;
using Footfall.Core.Enrichment;
using Footfall.Core.Rebuild;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Rebuild;

/// <summary>Rebuilds of seeded traffic with crashes at every step, while more comes in, against worlds in which things went another way.</summary>
[Trait("speed", "slow")]
public sealed class RebuildSimulation
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 3)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_rebuild_of_everything_comes_to_what_its_logic_would_have_made_from_the_start_and_a_rollback_to_what_would_have_been_without_it(int seed)
    {
        var parts = Parts(seed);
        await using var changed = new RebuildWorld();
        await using var never = new RebuildWorld();
        await using var always = new RebuildWorld();
        Change(always.Sites, seed);
        foreach (var world in (RebuildWorld[])[changed, never, always])
            await world.ReceiveAsync(parts[0]);
        Change(changed.Sites, seed);
        Change(never.Sites, seed);
        var random = new Random(seed);
        var more = new Queue<List<byte[]>>(parts.Skip(1).SkipLast(1));
        var store = new FaultyRebuildStore(changed.Store, () => random.Next(12) == 0);

        var (ready, difference) = await changed.RunAsync(changed.Begin(), store, async () => await changed.ReceiveAsync(more.TryDequeue(out var part) ? part : []));
        while (more.TryDequeue(out var part))
            await changed.ReceiveAsync(part);
        Assert.True(difference!.Moved > 0);
        Assert.Equal(RebuildPhase.Ready, ready.Phase);
        var (switched, _) = await changed.RunAsync(ready with { Wanted = RebuildSide.After }, store);
        foreach (var part in parts.Skip(1).SkipLast(1))
            await always.ReceiveAsync(part);
        Assert.Equal(always.Dump(), changed.Dump());
        Assert.Equal(RebuildPhase.Switched, switched.Phase);
        Assert.Contains(changed.Changes, change => change is { Sites: null, From: null });

        // What comes after the switch counts in the old version once, when that is back.
        await changed.ReceiveAsync(parts[^1]);
        await always.ReceiveAsync(parts[^1]);
        Assert.Equal(always.Dump(), changed.Dump());
        var (back, _) = await changed.RunAsync(switched with { Wanted = RebuildSide.Before }, store);
        foreach (var part in parts.Skip(1))
            await never.ReceiveAsync(part);
        Assert.Equal(never.Dump(), changed.Dump());
        Assert.Equal(RebuildPhase.RolledBack, back.Phase);

        // And forth again.
        await changed.RunAsync(back with { Wanted = RebuildSide.After }, store);
        Assert.Equal(always.Dump(), changed.Dump());
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_rebuild_of_a_day_of_a_site_touches_nothing_else_and_neither_loses_nor_doubles_a_hit_at_its_edges(int seed)
    {
        var parts = Parts(seed);
        await using var world = new RebuildWorld();
        await using var always = new RebuildWorld();
        Change(always.Sites, seed);
        await world.ReceiveAsync(parts.SelectMany(part => part));
        await always.ReceiveAsync(parts.SelectMany(part => part));
        var before = world.Dump();
        Change(world.Sites, seed);
        var random = new Random(seed);
        var store = new FaultyRebuildStore(world.Store, () => random.Next(12) == 0);
        var day = new DateOnly(2026, 3, 29);

        var (ready, _) = await world.RunAsync(world.Begin([1], day, day), store);
        Assert.Equal(before, world.Dump());
        var (switched, _) = await world.RunAsync(ready with { Wanted = RebuildSide.After }, store);

        // Elsewhere the old logic is left, which excluded no path.
        const string Hits = "SELECT site, visitor, log_offset, name, page, count(*) FROM events_all WHERE page <> '/page-3' GROUP BY ALL ORDER BY ALL";
        Assert.Equal(always.Rows(Hits), world.Rows(Hits));
        const string Whole = "SELECT count(*) FROM visits_all v WHERE events <> (SELECT count(*) FROM events_all e WHERE e.site = v.site AND e.visit = v.visit AND e.occurred_at BETWEEN v.started_at AND v.ended_at)";
        Assert.Equal(["0"], world.Rows(Whole));
        // Berlin's 29 March begins at 23:00 UTC and has 23 hours. Well inside it, visits are those of the new logic.
        const string Inside = "SELECT visitor, started_at, ended_at, pageviews, events, entry_page FROM visits_all WHERE site = 1 AND started_at BETWEEN '2026-03-28 23:00' AND '2026-03-29 21:00' ORDER BY ALL";
        if (!ChangesTimes(seed))
            Assert.Equal(always.Rows(Inside), world.Rows(Inside));
        Assert.Equal(
            before.Where(row => row.StartsWith("2|", StringComparison.Ordinal)), world.Dump().Where(row => row.StartsWith("2|", StringComparison.Ordinal)));
        const string Unbalanced = "SELECT site, hour FROM ledger GROUP BY site, hour HAVING sum(hits) FILTER (outcome = 'accepted') <> coalesce(sum(hits) FILTER (outcome <> 'accepted'), 0)";
        Assert.Empty(world.Rows(Unbalanced));
        await world.RunAsync(switched with { Wanted = RebuildSide.Before }, store);
        Assert.Equal(before, world.Dump());
    }

    [Fact]
    public async Task With_unchanged_logic_nothing_moves_and_two_rebuilds_give_equal_tables()
    {
        await using var world = new RebuildWorld();
        foreach (var part in Parts(seed: 3))
            await world.ReceiveAsync(part);
        var (ready, difference) = await world.RunAsync(world.Begin());
        Assert.Equal((0, 0), (difference!.Moved, difference.Movers.Count));
        Assert.True(difference.Numbers > 1_000);
        var first = await TablesAsync(world);
        var random = new Random(1);
        await world.RunAsync(world.Begin(), new FaultyRebuildStore(world.Store, () => random.Next(12) == 0));
        Assert.Equal(first, await TablesAsync(world));
        Assert.Equal(0, ready.Remainder!.Events);
    }

    [Fact]
    public async Task A_switch_leaves_no_rollup_and_no_kept_answer_of_the_old_rows_and_answers_state_what_made_theirs()
    {
        var parts = Parts(seed: 1);
        await using var world = new RebuildWorld();
        foreach (var part in parts.SkipLast(1))
            await world.ReceiveAsync(part);
        Assert.True(await world.Maker.MakeAsync(1, TestContext.Current.CancellationToken) > 1);
        var before = await AskAsync(world);
        var old = Footfall.Core.Pipeline.DefinitionVersion.Of(world.Rules);
        Assert.Equal(old, before.DefinitionVersion);

        // Other rules come with a program that is started anew: rollups of the old rows stand, and state what made those.
        Change(world.Sites, seed: 1);
        world.Rules = new EnrichmentRules(world.Rules.Agents, world.Rules.Geography, KnownSources.BundledWith("example.net\tsocial\tExample\n"));
        var now = Footfall.Core.Pipeline.DefinitionVersion.Of(world.Rules);
        Assert.Equal(old, (await AskAsync(world)).DefinitionVersion);
        var (ready, _) = await world.RunAsync(world.Begin());
        Assert.Equal(Text(before), Text(await AskAsync(world)));
        var (switched, _) = await world.RunAsync(ready with { Wanted = RebuildSide.After });
        var after = await AskAsync(world);
        Assert.Equal(now, after.DefinitionVersion);
        Assert.NotEqual(Text(before), Text(after));
        Assert.True(await world.Maker.MakeAsync(1, TestContext.Current.CancellationToken) > 1);
        Assert.Equal(Text(after), Text(await AskAsync(world)));

        await world.RunAsync(switched with { Wanted = RebuildSide.Before });
        Assert.Equal(Text(before), Text(await AskAsync(world)));

        // What the new rules make on days of the old ones is stated beside them, with rollups of the days and without.
        await world.ReceiveAsync(parts[^1]);
        Assert.Equal(MadeBy.Join([old, now]), (await AskAsync(world)).DefinitionVersion);
        await world.Maker.MakeAsync(1, TestContext.Current.CancellationToken);
        Assert.Equal(MadeBy.Join([old, now]), (await AskAsync(world)).DefinitionVersion);
    }

    /// <summary>What a server answers, which must be what the rows say.</summary>
    static async Task<ReportAnswer> AskAsync(RebuildWorld world)
    {
        var metrics = "visitors,visits,bounce_rate,pageviews".Split(',').Select(id => Metrics.Find(id)!).ToList();
        var dimensions = new[] { Dimensions.Find("page")! };
        var query = new ReportQuery
        {
            Site = world.Sites.ById(1)!,
            Metrics = metrics,
            Dimensions = dimensions,
            Range = new DateRange(new(2026, 3, 25), new(2026, 4, 2)),
            Order = ReportQuery.DefaultOrder(metrics, dimensions),
        };
        var expected = await world.Engine.RunAsync(query, TestContext.Current.CancellationToken);
        var quick = await world.Quick.RunAsync(query, TestContext.Current.CancellationToken);
        Assert.Equal(Text(expected), Text(quick));
        return quick;
    }

    static string Text(ReportAnswer answer) => JsonSerializer.Serialize(ReportDocument.Of(answer));

    /// <summary>Every table of the version after, every column of it, in order.</summary>
    static async Task<List<string>> TablesAsync(RebuildWorld world)
    {
        await using var version = (Footfall.Adapters.DuckDb.DuckDbWarehouse)world.Store.Open(RebuildSide.After);
        using var reader = version.Connect();
        var all = new List<string>();
        foreach (var table in (string[])["events_all", "visits_all", "items", "event_keys", "ledger", "definitions", "site_activity", "warehouse_state"])
        {
            using var command = reader.CreateCommand();
            command.CommandText = $"SELECT COLUMNS(*)::VARCHAR FROM (SELECT * FROM {table} ORDER BY ALL)";
            using var rows = command.ExecuteReader();
            while (rows.Read())
                all.Add(string.Join('|', Enumerable.Range(0, rows.FieldCount).Select(column => rows.IsDBNull(column) ? "" : rows.GetString(column)).Prepend(table)));
        }
        return all;
    }

    static bool ChangesTimes(int seed) => seed % 3 == 0;

    /// <summary>A change of settings stands for one of logic: both decide what a hit means when it is worked off.</summary>
    static void Change(SiteDirectory sites, int seed)
    {
        foreach (var site in sites.All)
        {
            sites.Put(site with
            {
                Settings = (seed % 3) switch
                {
                    0 => site.Settings with { BelievePastHours = 1 },
                    1 => site.Settings with { VisitTimeoutMinutes = 45 },
                    _ => site.Settings with { VisitTimeoutMinutes = 10, ExcludedPaths = ["/page-3"] },
                },
            });
        }
    }

    static List<List<byte[]>> Parts(int seed)
    {
        var records = new SimulatedTraffic(seed, visitors: 10).Records().ToList();
        return [.. records.Chunk((records.Count / 4) + 1).Select(chunk => chunk.ToList())];
    }
}
