using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;

namespace Footfall.Tests.Reports;

public sealed class LiveDataVersionsTests
{
    static readonly DateOnly Today = new(2026, 3, 4);

    [Fact]
    public async Task A_version_moves_with_the_days_it_is_of_and_no_others()
    {
        var versions = new LiveDataVersions("epoch");
        var (today, before, other) = (await OfAsync(versions, 1, 0, 0), await OfAsync(versions, 1, -7, -1), await OfAsync(versions, 2, 0, 0));
        versions.Move([new SiteDay(1, Today)]);
        Assert.NotEqual(today, await OfAsync(versions, 1, 0, 0));
        Assert.NotEqual(today, await OfAsync(versions, 1, -7, 0));
        Assert.Equal(before, await OfAsync(versions, 1, -7, -1));
        Assert.Equal(other, await OfAsync(versions, 2, 0, 0));
        versions.Move([new SiteDay(1, Today.AddDays(-3))]);
        Assert.NotEqual(before, await OfAsync(versions, 1, -7, -1));
    }

    [Fact]
    public async Task No_version_ever_comes_back()
    {
        var versions = new LiveDataVersions("epoch");
        var random = new Random(1);
        // More days than are told apart, in any order; each range's versions are told by what was moved in it.
        var seen = new HashSet<string> { (await OfAsync(versions, 1, -40, 0))! };
        for (var turn = 0; turn < 500; turn++)
        {
            if (random.Next(50) == 0)
                versions.Move(1);
            else if (random.Next(50) == 0)
                versions.MoveAll();
            else
                versions.Move([new SiteDay(1, Today.AddDays(-random.Next(41)))]);
            Assert.True(seen.Add((await OfAsync(versions, 1, -40, 0))!));
        }
    }

    [Fact]
    public async Task A_change_of_a_day_moves_every_range_that_holds_it_however_long_ago_it_was()
    {
        var versions = new LiveDataVersions("epoch");
        for (var day = 0; day < 100; day++)
        {
            var before = await OfAsync(versions, 1, -day, -day);
            versions.Move([new SiteDay(1, Today.AddDays(-day))]);
            Assert.NotEqual(before, await OfAsync(versions, 1, -day, -day));
        }
    }

    static ValueTask<string?> OfAsync(LiveDataVersions versions, int site, int from, int to) => versions.OfAsync(
        new Site(site, ["example.com"], "UTC", "EUR", SiteSettings.Default), new DateRange(Today.AddDays(from), Today.AddDays(to)),
        TestContext.Current.CancellationToken);
}
