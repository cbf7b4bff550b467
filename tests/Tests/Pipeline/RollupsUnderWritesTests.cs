using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Pipeline;
using Footfall.Core.Reports;
using Footfall.Core.Rollups;
using Footfall.Core.Sites;
using Footfall.Core.Visits;
using Footfall.Core.Warehouse;
using Footfall.Tests.Contracts;

namespace Footfall.Tests.Pipeline;

/// <summary>Rollups and kept answers while a warehouse is written to, with events in any order: what is asked in between is always what the engine alone says.</summary>
[Trait("speed", "slow")]
public sealed class RollupsUnderWritesTests : IDisposable
{
    static readonly Site Berlin = new(1, ["example.com"], "Europe/Berlin", "EUR", SiteSettings.Default);
    static readonly DateOnly First = new(2025, 10, 22);

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("footfall-rollups-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Answers_are_the_engines_whatever_comes_late()
    {
        RollupContract.RunsWhereAskedFor();
        var random = new Random(5);
        var start = First.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var events = Traffic.Random(21, start, start.AddDays(6), 120);
        await using var parts = new Parts(Path.Combine(_folder.FullName, "warehouse.duckdb"));
        var used = 0;
        foreach (var batch in events.OrderBy(one => one.OccurredAt + (random.Next(4) == 0 ? random.Next(200_000_000) : 0)).Chunk(40))
        {
            await parts.CommitAsync(batch, Cancellation);
            if (random.Next(3) == 0)
                used += await parts.Maker.MakeAsync(Berlin.Id, Cancellation);
            foreach (var (metrics, by) in ((string, string)[])[("visitors,visits,visit_duration", ""), ("visits,visits_started,bounce_rate", "day"), ("visitors,revenue", "page")])
                await CheckAsync(parts, metrics, by);
        }
        Assert.True(used > 10, $"{used} rollups were made");
    }

    [Fact]
    public async Task A_rollup_that_was_begun_before_a_commit_is_refused_after_it()
    {
        var start = First.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var events = Traffic.Random(22, start.AddHours(3), start.AddHours(20), 40).Where(one => one.Site == Berlin.Id).ToList();
        await using var parts = new Parts(Path.Combine(_folder.FullName, "warehouse.duckdb"));
        await parts.CommitAsync(events.Take(30), Cancellation);
        var before = await parts.Source.ReadAsync(Berlin, [First], [], Cancellation);
        await parts.CommitAsync(events.Skip(30), Cancellation);
        var day = new RolledDay(Berlin.Id, First, "basis", IsFirst: true, Edition: 0);
        Assert.Equal(PutOutcome.Outdated, await parts.Store.PutAsync(day, 0, before.Seen, [], Cancellation));
        var after = await parts.Source.ReadAsync(Berlin, [First], [], Cancellation);
        Assert.Equal(PutOutcome.Stored, await parts.Store.PutAsync(day, 0, after.Seen, [], Cancellation));
    }

    [Fact]
    public async Task Forgetting_somebody_takes_out_the_sites_rollups_and_its_kept_answers()
    {
        var start = First.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);
        var events = Traffic.Random(23, start, start.AddDays(4), 60);
        await using var parts = new Parts(Path.Combine(_folder.FullName, "warehouse.duckdb"));
        await parts.CommitAsync(events, Cancellation);
        await parts.Maker.MakeAsync(Berlin.Id, Cancellation);
        await CheckAsync(parts, "visitors,events", "page");
        Assert.NotEmpty((await parts.Store.SiteAsync(Berlin.Id, Cancellation)).Days);
        await parts.Warehouse.ForgetAsync(0, Berlin.Id, events.First(one => one.Site == Berlin.Id && one.Bot is null).Visitor, Cancellation);
        await parts.Watch.ForgottenAsync(Berlin.Id, Cancellation);
        Assert.Empty((await parts.Store.SiteAsync(Berlin.Id, Cancellation)).Days);
        await CheckAsync(parts, "visitors,events", "page");
    }

    static async Task CheckAsync(Parts parts, string metrics, string by)
    {
        var asked = metrics.Split(',').Select(id => Metrics.Find(id)!).ToList();
        var query = new ReportQuery
        {
            Site = Berlin,
            Metrics = asked,
            Dimensions = by.Length == 0 ? [] : [Dimensions.Find(by)!],
            Range = new DateRange(First, First.AddDays(5)),
            Compare = new DateRange(First.AddDays(-3), First.AddDays(2)),
            Order = ReportQuery.DefaultOrder(asked, by.Length == 0 ? [] : [Dimensions.Find(by)!]),
        };
        var expected = await parts.Engine.RunAsync(query, Cancellation);
        foreach (var engine in (IReportEngine[])[parts.Rolled, parts.Kept, parts.Kept])
        {
            var got = await engine.RunAsync(query, Cancellation);
            Assert.Equal(expected.Totals, got.Totals);
            Assert.Equal(expected.Rows.Select(row => (string.Join('|', row.Dimensions), string.Join('|', row.Metrics))),
                got.Rows.Select(row => (string.Join('|', row.Dimensions), string.Join('|', row.Metrics))));
            Assert.Equal(expected.Compare!.Totals, got.Compare!.Totals);
            Assert.Equal(expected.Compare.Rows.Select(row => string.Join('|', row.Metrics)), got.Compare.Rows.Select(row => string.Join('|', row.Metrics)));
            Assert.Equal((expected.RowCount, expected.Identity, expected.DefinitionVersion), (got.RowCount, got.Identity, got.DefinitionVersion));
        }
    }

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>What a server puts together around a warehouse, without the log in front of it.</summary>
    sealed class Parts : IAsyncDisposable
    {
        readonly RollupMemory _memory;
        readonly MemoryCacheOfTests _cache = new();
        readonly Dictionary<long, VisitSpan> _visits = [];
        long _offset;

        public Parts(string file)
        {
            var sites = new SiteDirectory();
            sites.Load([Berlin]);
            var versions = new LiveDataVersions("test");
            Warehouse = DuckDbWarehouse.Open(file, memoryMiB: 256);
            Engine = new DuckDbReportEngine(Warehouse.Connect, TimeSpan.FromMinutes(5), 2, () => "test", TimeProvider.System);
            Source = new DuckDbRollupSource(Warehouse.Connect, TimeSpan.FromMinutes(5), 2, TimeProvider.System);
            Store = new DuckDbRollupStore(Warehouse.Connect);
            _memory = new RollupMemory(Store, 1 << 24);
            Rolled = new RollupReportEngine(Engine, Source, Store, _memory, () => "test", TimeProvider.System);
            Kept = new CachedReportEngine(Rolled, _cache, versions, () => "test");
            Watch = new CommitWatch(sites, Store, TimeProvider.System, versions);
            Maker = new RollupMaker(Source, Store, sites, TimeProvider.System, new RollupMakerOptions { EventsMin = 0, Rest = 0 });
        }

        public DuckDbWarehouse Warehouse { get; }

        public DuckDbReportEngine Engine { get; }

        public DuckDbRollupSource Source { get; }

        public DuckDbRollupStore Store { get; }

        public RollupReportEngine Rolled { get; }

        public CachedReportEngine Kept { get; }

        public CommitWatch Watch { get; }

        public RollupMaker Maker { get; }

        public async Task CommitAsync(IEnumerable<Event> events, CancellationToken cancellation)
        {
            // Another logic every few batches.
            var logic = FormattableString.Invariant($"logic {_offset / 500}");
            var batch = new WarehouseBatch
            {
                Position = new LogPosition(0, _offset += 100),
                NextSequence = 1,
                NextVisit = 1,
                CompleteUntil = _offset,
                Definition = logic,
            };
            foreach (var added in events)
            {
                batch.Events.Add(added);
                batch.Days.Add((added.Site, LocalTime.DayOf(DateTime.UnixEpoch.AddMilliseconds(added.OccurredAt), Berlin.Zone)));
                var part = batch.PartOf(added);
                part.Add(added);
                if (_visits.TryGetValue(added.Visit, out var known) && known.EndedAt < Warehouse.VisitsMergedBefore(0))
                    batch.Reopened.Add(added.Visit);
                part.Whole = _visits[added.Visit] = known.Visit == 0 ? new VisitSpan(added.Visit, added.OccurredAt, added.OccurredAt) : known.Including(added.OccurredAt);
            }
            await Watch.BeforeCommitAsync(batch, cancellation);
            await Warehouse.CommitAsync(batch, cancellation);
            Watch.AfterCommit();
        }

        public async ValueTask DisposeAsync()
        {
            _memory.Dispose();
            Store.Dispose();
            Source.Dispose();
            Engine.Dispose();
            await Warehouse.DisposeAsync();
        }
    }

    sealed class MemoryCacheOfTests : IReportCache
    {
        readonly Dictionary<string, byte[]> _entries = new(StringComparer.Ordinal);

        public ValueTask<byte[]?> GetAsync(string key, CancellationToken cancellation) => new(_entries.GetValueOrDefault(key));

        public ValueTask SetAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime, CancellationToken cancellation)
        {
            _entries[key] = value.ToArray();
            return ValueTask.CompletedTask;
        }
    }
}
