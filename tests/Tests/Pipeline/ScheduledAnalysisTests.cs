using Footfall.Adapters.DuckDb;
using Footfall.Adapters.Postgres;
using Footfall.Adapters.Spark;
using Footfall.Core.HitLog;
using Footfall.Core.Leases;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Tests.Adapters.Postgres;
using Footfall.Tests.Adapters.Spark;
using Footfall.Tests.Contracts;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Pipeline;

/// <summary>The scheduled analysis by a real Spark into a real PostgreSQL, beside what embedded DuckDB makes of the same events.</summary>
[Trait("speed", "slow")]
[Collection(SharedSpark.Collection)]
public sealed class ScheduledAnalysisTests(SharedSpark spark, SharedPostgres postgres) : IAsyncLifetime
{
    static readonly DateTime Start = new(2025, 10, 20, 0, 0, 0, DateTimeKind.Utc);
    static readonly AnalysisOptions Options = new() { RollupsFromEvents = 1, SitesAtOnce = 1 };

    readonly FakeTimeProvider _clock = new(new DateTimeOffset(Start).AddDays(4));
    readonly SiteDirectory _sites = new();
    PostgresDatabase? _database;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = await postgres.OpenAsync();
        _sites.Load([
            new Site(1, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default),
            new Site(2, ["example.org"], "America/Los_Angeles", "USD", SiteSettings.Default)]);
    }

    public ValueTask DisposeAsync()
    {
        _database?.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_Spark_rolls_up_into_PostgreSQL_is_what_embedded_DuckDB_rolls_up()
    {
        var events = Traffic.Random(51, Start, Start.AddDays(3), 120);
        using var folder = await FilledParquet.MakeAsync(events, seed: 5);
        using var client = spark.Client(folder.Path);
        using var source = new SparkRollupSource(client, folder.Tables);
        using var growth = new SparkGrowthSource(client, folder.Tables);
        var (book, store) = (new PostgresAnalysisBook(_database!), new PostgresRollupStore(_database!));
        var analysis = new ScheduledAnalysis("spark", growth, book, Maker(source, store), store, _sites, _clock, Options);
        var did = await analysis.RunAsync(new Lease(1), Stop);
        Assert.Contains($"{events.Count:N0} events of 2 sites", did, StringComparison.Ordinal);

        using var file = new FilledDuckDb(events, seed: 1);
        using var embeddedSource = new DuckDbRollupSource(file.Open, TimeSpan.FromMinutes(1), 1, TimeProvider.System);
        using var embedded = new DuckDbRollupStore(file.Open);
        var maker = Maker(embeddedSource, embedded);
        var made = await maker.MakeAsync(1, Stop) + await maker.MakeAsync(2, Stop);
        Assert.True(made >= 6, $"{made} days");
        Assert.Equal(made, analysis.Last!.Days);
        var compared = 0;
        foreach (var site in _sites.All)
        {
            Assert.Equal((await embedded.SiteAsync(site.Id, Stop)).Days.Select(Text), (await store.SiteAsync(site.Id, Stop)).Days.Select(Text));
            foreach (var dimension in RollupDimensions.All.Select(dimension => dimension.Id).Prepend(RollupDimensions.Whole))
            {
                var (own, other) = (await SlicesAsync(embedded, site.Id, dimension), await SlicesAsync(store, site.Id, dimension));
                Assert.Equal(own, other);
                compared += own.Count;
            }
        }
        Assert.True(compared > made * 10, $"Only {compared} slices were compared.");
    }

    [Fact]
    public async Task A_run_reads_what_came_since_the_last_and_is_recorded_however_it_ends()
    {
        var events = Traffic.Random(52, Start, Start.AddDays(2), 40);
        using var folder = await FilledParquet.MakeAsync(events, seed: 6);
        using var source = new DuckDbRollupSource(folder.Tables, TimeSpan.FromMinutes(1), 1, TimeProvider.System);
        using var real = new DuckDbGrowthSource(folder.Tables, TimeSpan.FromMinutes(1), TimeProvider.System);
        var (book, store) = (new PostgresAnalysisBook(_database!), new PostgresRollupStore(_database!));
        var growth = new Sometimes(real);
        var analysis = new ScheduledAnalysis("duckdb", growth, book, Maker(source, store), store, _sites, _clock, Options);
        await Assert.ThrowsAsync<ReportTimeoutException>(() => analysis.RunAsync(new Lease(3), Stop));
        growth.Works = true;
        await analysis.RunAsync(new Lease(3), Stop);
        // Another process that has lost its lease and does not know it; nothing of it counts.
        growth.Positions = [];
        var late = await Assert.ThrowsAsync<InvalidOperationException>(() => analysis.RunAsync(new Lease(2), Stop));
        Assert.Contains("Another process", late.Message, StringComparison.Ordinal);

        var runs = await book.RunsAsync(10, Stop);
        Assert.Equal([true, false, true], runs.Select(run => run.Failure is not null));
        Assert.Equal((events.Count, 2), ((int)runs[1].Events, runs[1].Sites));
        Assert.True(runs[1].Days > 2 && runs[1].MicrosecondsPerEvent is not null);
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), runs[1].CompleteUntil);
        Assert.Equal(await book.PositionsAsync(Stop), runs[1].Through.OrderBy(position => position.Partition));
        Assert.Equal(events.GroupBy(one => one.Site).OrderBy(site => site.Key).Select(site => ((int, long))(site.Key, site.Count())),
            (await book.SitesAsync(1, Stop)).Select(site => (site.Site, site.Events)));
        Assert.Empty(await book.SitesAsync(1_000_000, Stop));
    }

    RollupMaker Maker(IRollupSource source, IRollupStore store) => new(source, store, _sites, _clock, new RollupMakerOptions { EventsMin = 1, Rest = 0 });

    static string Text(RolledDay day) => $"{day.Site} {day.Day:o} {day.Basis} {day.IsFirst}";

    static async Task<List<string>> SlicesAsync(IRollupStore store, int site, string dimension) =>
        [.. (await store.SlicesAsync(site, dimension, new DateOnly(2025, 10, 1), new DateOnly(2025, 11, 1), Stop)).Select(slice => $"{slice.Day:o} {Convert.ToHexString(slice.Bytes.Span)}")];

    sealed record Lease(long Epoch) : ILease
    {
        public string Name => "scheduler/leader";

        public CancellationToken Lost => CancellationToken.None;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    sealed class Sometimes(IGrowthSource growth) : IGrowthSource
    {
        public bool Works { get; set; }

        public IReadOnlyList<LogPosition>? Positions { get; set; }

        public ValueTask<Growth> SinceAsync(IReadOnlyList<LogPosition> since, CancellationToken cancellation) =>
            Works ? growth.SinceAsync(Positions ?? since, cancellation) : throw new ReportTimeoutException(TimeSpan.FromSeconds(1));
    }
}
