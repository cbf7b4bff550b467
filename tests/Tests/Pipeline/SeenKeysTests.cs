using Footfall.Core.Pipeline;

namespace Footfall.Tests.Pipeline;

public sealed class SeenKeysTests
{
    static readonly DateOnly Day = new(2026, 1, 1);

    [Fact]
    public void A_key_is_new_once_within_the_window()
    {
        var seen = new SeenKeys(windowDays: 7, keysMax: 1000);
        Assert.True(seen.Add(1, Day));
        Assert.False(seen.Add(1, Day.AddDays(6)));
        Assert.Null(seen.OldestDay);
    }

    [Fact]
    public void Past_the_bound_the_oldest_go_first_and_it_says_so()
    {
        var seen = new SeenKeys(windowDays: 30, keysMax: 100);
        for (var key = 0; key < 1000; key++)
            seen.Add((UInt128)(uint)key, Day.AddDays(key / 100));
        Assert.InRange(seen.Count, 50, 126);
        Assert.NotNull(seen.OldestDay);
        Assert.False(seen.Add(999, Day.AddDays(9)));
    }
}
