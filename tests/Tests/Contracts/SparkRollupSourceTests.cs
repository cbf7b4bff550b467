using Footfall.Adapters.DuckDb;
using Footfall.Adapters.Spark;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.Spark;

namespace Footfall.Tests.Contracts;

/// <summary>What rollups are made of, and what came in, is the same by Spark as by DuckDB over the same files.</summary>
[Trait("speed", "slow")]
[Collection(SharedSpark.Collection)]
public sealed class SparkRollupSourceTests(SharedSpark spark)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Europe/Berlin", "2025-10-25", 3)]
    [InlineData("Asia/Kathmandu", "2025-10-22", 1)]
    [InlineData("America/Havana", "2025-11-01", 2)]
    public async Task Every_slice_is_the_same(string zone, string from, int count)
    {
        var first = DateOnly.ParseExact(from, "yyyy-MM-dd");
        var start = first.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        using var folder = await FilledParquet.MakeAsync(Traffic.Random(41, start.AddDays(-2), start.AddDays(4), 150), seed: count);
        using var client = spark.Client(folder.Path);
        using var source = new SparkRollupSource(client, folder.Tables);
        using var expected = new DuckDbRollupSource(folder.Tables, TimeSpan.FromMinutes(1), 1, TimeProvider.System);
        var site = new Site(1, ["example.com"], zone, "EUR", SiteSettings.Default);
        var days = Enumerable.Range(0, count).Select(first.AddDays).ToList();
        var reading = await expected.ReadAsync(site, days, RollupDimensions.All, Stop);
        Assert.All(reading.Slices.Where(slice => slice.Dimension.Length == 0), slice => Assert.NotEmpty(slice.Rows));
        Assert.Contains(reading.Slices, slice => slice.Rows.Any(row => row.Carried.Count > 0));
        Assert.Equal(Slices.Text(reading), Slices.Text(await source.ReadAsync(site, days, RollupDimensions.All, Stop)));
    }

    [Fact]
    public async Task What_came_in_is_told_from_any_position_on()
    {
        var start = new DateTime(2025, 10, 20, 0, 0, 0, DateTimeKind.Utc);
        var events = Traffic.Random(42, start, start.AddDays(5), 80);
        using var folder = await FilledParquet.MakeAsync(events, seed: 4);
        using var client = spark.Client(folder.Path);
        using var source = new SparkGrowthSource(client, folder.Tables);
        using var expected = new DuckDbGrowthSource(folder.Tables, TimeSpan.FromMinutes(1), TimeProvider.System);
        var whole = await source.SinceAsync([], Stop);
        foreach (var site in whole.Sites)
            Assert.Equal((events.LongCount(one => one.Site == site.Site), First(events, site.Site)), (site.Events, site.First));
        Assert.Equal(events.Count, whole.Sites.Sum(site => site.Events));
        var offsets = events.Select(one => one.LogOffset).Order().ToList();
        var (third, half, last) = (offsets[offsets.Count / 3], offsets[offsets.Count / 2], offsets[^1] + 1);
        // The events of this traffic are numbered as those of the first partition.
        IReadOnlyList<LogPosition>[] positions = [[new(0, third)], [new(1, last), new(0, half)], [new(0, last)]];
        var some = 0L;
        foreach (var since in positions)
        {
            var (told, known) = (await source.SinceAsync(since, Stop), await expected.SinceAsync(since, Stop));
            Assert.Equal(known.Sites, told.Sites);
            Assert.Equal(known.Through.OrderBy(position => position.Partition), told.Through.OrderBy(position => position.Partition));
            Assert.Equal(known.CompleteUntil, told.CompleteUntil);
            var rest = told.Sites.Sum(site => site.Events);
            Assert.True(rest < events.Count, "Everything was told anew.");
            some += rest;
        }
        Assert.True(some > 0, "Nothing was told of what came later.");
    }

    static DateTime First(List<Event> events, int site) =>
        DateTime.UnixEpoch.AddMilliseconds(events.Where(one => one.Site == site).Min(one => one.OccurredAt));
}
