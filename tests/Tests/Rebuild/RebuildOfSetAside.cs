using Footfall.Core.Rebuild;
using Footfall.Tests.Simulation;

namespace Footfall.Tests.Rebuild;

/// <summary>Rebuilds under rules that no step fails with any more, of a history in which some did: nothing comes to stand in both places.</summary>
[Trait("speed", "slow")]
public sealed class RebuildOfSetAside
{
    [Fact]
    public async Task A_rebuild_of_everything_takes_all_of_it_in_and_a_rollback_lists_it_again()
    {
        await using var world = new RebuildWorld(new FailingAgents(() => new FormatException("a bot")).Rules);
        await using var always = new RebuildWorld();
        var records = new SimulatedTraffic(seed: 5, visitors: 40).Records().ToList();
        await world.ReceiveAsync(records);
        await always.ReceiveAsync(records);
        var before = (Dump: world.Dump(), Aside: world.Rows("SELECT log_offset, hit FROM set_aside ORDER BY ALL"));
        Assert.NotEmpty(before.Aside);

        world.Rules = StillAgents.Rules;
        var (ready, _) = await world.RunAsync(world.Begin(), world.Store);
        var (switched, _) = await world.RunAsync(ready with { Wanted = RebuildSide.After }, world.Store);
        Assert.Equal(always.Dump(), world.Dump());
        Assert.Empty(world.Rows("SELECT * FROM set_aside"));

        await world.RunAsync(switched with { Wanted = RebuildSide.Before }, world.Store);
        Assert.Equal(before.Dump, world.Dump());
        Assert.Equal(before.Aside, world.Rows("SELECT log_offset, hit FROM set_aside ORDER BY ALL"));
    }

    [Fact]
    public async Task A_rebuild_of_a_day_leaves_it_aside_and_a_replay_takes_it_in_once()
    {
        await using var world = new RebuildWorld(new FailingAgents(() => new FormatException("a bot")).Rules);
        await using var always = new RebuildWorld();
        var records = new SimulatedTraffic(seed: 6, visitors: 40).Records().ToList();
        await world.ReceiveAsync(records);
        await always.ReceiveAsync(records);
        var listed = Count(world, "set_aside");

        world.Rules = StillAgents.Rules;
        var day = DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(SimulatedTraffic.Start).UtcDateTime);
        var (ready, _) = await world.RunAsync(world.Begin([1], day, day), world.Store);
        await world.RunAsync(ready with { Wanted = RebuildSide.After }, world.Store);
        var left = Count(world, "set_aside");
        Assert.Equal(listed, left);
        AssertBalanced(world);
        Assert.Equal(left, long.Parse(world.Rows("SELECT sum(hits)::BIGINT FROM ledger WHERE outcome = 'refused:set_aside'")[0], System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(0, (await world.ReplayAsync()).Failed);
        Assert.Equal(0, Count(world, "set_aside"));
        AssertBalanced(world);
        const string Events = "SELECT site, visitor, occurred_at, log_offset, name, page, bot FROM events_all ORDER BY ALL";
        Assert.Equal(always.Rows(Events), world.Rows(Events));
    }

    static void AssertBalanced(RebuildWorld world) => Assert.Empty(world.Rows(
        "SELECT site, hour FROM ledger GROUP BY ALL HAVING sum(CASE WHEN outcome = 'accepted' THEN hits ELSE -hits END) <> 0"));

    static long Count(RebuildWorld world, string table) =>
        long.Parse(world.Rows($"SELECT count(*) FROM {table}")[0], System.Globalization.CultureInfo.InvariantCulture);
}
