using System.Globalization;
using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>Whether the names of files say what an answer may be kept under.</summary>
[Trait("speed", "slow")]
public sealed class ParquetDataVersionsTests : IDisposable
{
    const int Sites = 3;
    const int Days = 5;

    static readonly DateTimeOffset Noon = new(2026, 3, 28, 12, 0, 0, TimeSpan.Zero);
    static readonly string[] Asked = ["visitors", "new_visitors", "visits", "events", "visit_duration", "bounce_rate"];

    readonly ParquetScratch _scratch = new(partitions: 2);
    readonly Random _random = new(5);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task A_version_never_has_two_answers_whatever_is_committed_compacted_or_forgotten()
    {
        await using var warehouse = _scratch.Open();
        var tables = _scratch.OpenTables();
        using var engine = new DuckDbReportEngine(tables, TimeSpan.FromMinutes(1), 2, () => "test", TimeProvider.System);
        var (versions, answers, kept) = (new ParquetDataVersions(tables), new Dictionary<string, string>(StringComparer.Ordinal), 0);
        for (var step = 1; step <= 40; step++)
        {
            await DoAsync(warehouse, step);
            foreach (var query in Questions())
            {
                var from = ReportPlan.LooksBack(query) ? ReportLimits.FirstDay : query.Range.From;
                var version = $"{query.Site.Id} {query.Range} {query.Metrics.Count} {await versions.OfAsync(query.Site, query.Range with { From = from }, Stop)}";
                var answer = Text(await engine.RunAsync(query, Stop));
                kept += answers.ContainsKey(version) ? 1 : 0;
                Assert.True(answers.TryAdd(version, answer) || answers[version] == answer, $"step {step}: {version} was {answers[version]} and is {answer}");
            }
        }
        Assert.True(kept > 300, $"only {kept} answers could have been kept");
    }

    [Fact]
    public async Task Another_process_finds_the_same_version_and_a_commit_to_another_site_leaves_it()
    {
        await using var warehouse = _scratch.Open();
        var (here, there) = (new ParquetDataVersions(_scratch.OpenTables()), new ParquetDataVersions(_scratch.OpenTables()));
        var (site, days) = (SiteOf(1), new DateRange(DayOf(0), DayOf(0)));
        Assert.Null(here.CompleteUntil);
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(Batch(1, 1, 0), Stop);
        await warehouse.StateAsync(1, Stop);
        await warehouse.CommitAsync(Batch(3, 3, 0), Stop);
        var before = await here.OfAsync(site, days, Stop);
        Assert.Equal(before, await there.OfAsync(site, days, Stop));
        // Between the two in number, and in files with both.
        await warehouse.CommitAsync(Batch(5, 2, 0), Stop);
        Assert.Equal(before, await here.OfAsync(site, days, Stop));
        Assert.Equal(Noon, here.CompleteUntil);
        await warehouse.CommitAsync(Batch(7, 1, 0), Stop);
        var after = await here.OfAsync(site, days, Stop);
        Assert.NotEqual(before, after);
        Assert.Equal(after, await there.OfAsync(site, days, Stop));
    }

    /// <summary>Partition 1 gets what has an odd number, partition 0 the rest.</summary>
    async Task DoAsync(ParquetWarehouse warehouse, int step)
    {
        var partition = step % 2;
        await warehouse.StateAsync(partition, Stop);
        if (step % 9 == 0)
            await warehouse.ForgetAsync(partition, 1 + _random.Next(Sites), visitor: (ulong)_random.Next(20), Stop);
        else if (step % 5 == 0)
            await warehouse.CompactAsync(partition, 0, Noon.AddHours(-_random.Next(48)).ToUnixTimeMilliseconds(), new DateOnly(2020, 1, 1), Stop);
        else
            await warehouse.CommitAsync(Batch(step, 1 + _random.Next(Sites), _random.Next(Days)), Stop);
    }

    static IEnumerable<ReportQuery> Questions() =>
        from site in Enumerable.Range(1, Sites)
        from day in Enumerable.Range(0, Days)
        from metrics in new[] { Asked, ["visits", "events"] }
        select new ReportQuery
        {
            Site = SiteOf(site),
            Metrics = [.. metrics.Select(metric => Metrics.Find(metric)!)],
            Dimensions = [Dimensions.Find("day")!],
            Range = new DateRange(DayOf(day), DayOf(day == 1 ? 0 : day)),
            Order = [new ReportOrder("day", Descending: false)],
        };

    /// <summary>Some visitors come back, into a visit that goes on or another one.</summary>
    WarehouseBatch Batch(int step, int site, int daysAgo)
    {
        var at = Noon.AddDays(-daysAgo).AddMinutes(_random.Next(600)).ToUnixTimeMilliseconds();
        var batch = new WarehouseBatch
        {
            Position = new LogPosition(step % 2, step),
            NextSequence = 1,
            NextVisit = 1,
            CompleteUntil = Noon.ToUnixTimeMilliseconds(),
        };
        for (var number = 0; number < 3; number++)
        {
            var visitor = (2 * _random.Next(10)) + (step % 2);
            var made = new Event
            {
                Site = site,
                Sequence = (step * 100) + number,
                LogOffset = step,
                ReceivedAt = at,
                OccurredAt = at + (number * 60_000),
                Visitor = (ulong)visitor,
                Visit = WarehouseState.Empty(step % 2).NextVisit + (visitor * 100) + (site * 10) + daysAgo,
                Identity = VisitorIdentity.User,
            };
            batch.Events.Add(made);
            batch.PartOf(made).Add(made);
            batch.Reopened.Add(made.Visit);
            batch.Count(site, at, Outcomes.Accepted);
        }
        return batch;
    }

    static Site SiteOf(int id) => new(id, [$"{id}.example"], "UTC", "EUR", SiteSettings.Default);

    static DateOnly DayOf(int daysAgo) => DateOnly.FromDateTime(Noon.UtcDateTime).AddDays(-daysAgo);

    static string Text(ReportAnswer answer) => string.Join("; ", answer.Rows.Select(row =>
        $"{string.Join(',', row.Dimensions)}: {string.Join(',', row.Metrics.Select(metric => metric?.ToString(CultureInfo.InvariantCulture)))}"));
}
