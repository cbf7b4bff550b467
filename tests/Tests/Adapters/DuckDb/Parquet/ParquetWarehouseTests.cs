using Footfall.Adapters.DuckDb;
using Footfall.Adapters.DuckDb.Parquet;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Reports;
using Footfall.Core.Sites;
using Footfall.Core.Warehouse;
using Microsoft.Extensions.Time.Testing;

namespace Footfall.Tests.Adapters.DuckDb.Parquet;

/// <summary>What only files that many processes share can do wrong.</summary>
[Trait("speed", "slow")]
public sealed class ParquetWarehouseTests : IDisposable
{
    const long Noon = 1_774_700_000_000;
    const long Day = 86_400_000;

    readonly ParquetScratch _scratch = new(partitions: 2);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task Of_two_owners_who_began_from_one_version_one_goes_on_and_the_other_begins_again()
    {
        await using var first = _scratch.Open();
        await using var second = _scratch.Open();
        await first.StateAsync(0, Stop);
        await second.StateAsync(0, Stop);
        await first.CommitAsync(Batch(0, 100, epoch: 1, sites: [1]), Stop);
        await Assert.ThrowsAsync<PartitionConflictException>(() => second.CommitAsync(Batch(0, 50, epoch: 1, sites: [1]), Stop).AsTask());
        Assert.Equal(100, (await second.StateAsync(0, Stop)).Position.Offset);
        await second.CommitAsync(Batch(0, 200, epoch: 2, sites: [1]), Stop);

        // The lease is another's by now, whatever the old owner has read since.
        await Assert.ThrowsAsync<FencedWriterException>(() => first.CommitAsync(Batch(0, 300, epoch: 1, sites: [1]), Stop).AsTask());
        await first.StateAsync(0, Stop);
        await Assert.ThrowsAsync<FencedWriterException>(() => first.CommitAsync(Batch(0, 300, epoch: 1, sites: [1]), Stop).AsTask());
        await Assert.ThrowsAsync<FencedWriterException>(() => first.CompactAsync(0, 1, Noon, default, Stop).AsTask());
        Assert.Equal((2, 200), ((await first.BooksAsync(0, Stop)).Events, first.PositionOf(0).Offset));
    }

    [Fact]
    public async Task Two_that_write_at_the_same_moment_count_each_event_once()
    {
        async Task WriteAsync(int process)
        {
            await using var warehouse = _scratch.Open();
            for (var done = 0; done < 12;)
            {
                var state = await warehouse.StateAsync(0, Stop);
                try
                {
                    await warehouse.CommitAsync(Batch(0, state.Position.Offset + 1, epoch: 0, sites: [process]), Stop);
                    done++;
                }
                catch (PartitionConflictException)
                {
                    continue;
                }
            }
        }
        await Task.WhenAll(Task.Run(() => WriteAsync(1)), Task.Run(() => WriteAsync(2)), Task.Run(() => WriteAsync(3)));
        await using var after = _scratch.Open();
        var books = await after.BooksAsync(0, Stop);
        Assert.Equal((36, 36), (books.Events, books.Position.Offset));
    }

    [Fact]
    public async Task The_owner_begins_again_when_somebody_was_forgotten_by_another_process()
    {
        await using var owner = _scratch.Open();
        await owner.StateAsync(0, Stop);
        await owner.CommitAsync(Batch(0, 100, epoch: 5, sites: [1, 2]), Stop);
        await using (var eraser = _scratch.Open())
            Assert.Equal(1, (await eraser.ForgetAsync(0, 1, null, Stop)).Events);
        await Assert.ThrowsAsync<PartitionConflictException>(() => owner.CommitAsync(Batch(0, 200, epoch: 5, sites: [2]), Stop).AsTask());
        await owner.StateAsync(0, Stop);
        await owner.CommitAsync(Batch(0, 200, epoch: 5, sites: [2]), Stop);
        Assert.Equal(2, (await owner.BooksAsync(0, Stop)).Events);
    }

    [Fact]
    public async Task Files_stay_few_whatever_is_committed()
    {
        await using var warehouse = _scratch.Open();
        await warehouse.StateAsync(0, Stop);
        for (var number = 1; number <= 70; number++)
            await warehouse.CommitAsync(Batch(0, number, epoch: 0, sites: [1, 2, 3]), Stop);
        // Three of each of four tiers with a fan-out of four, of each of five tables.
        Assert.InRange(Named(), 5, 5 * 3 * 4);
        await warehouse.CompactAsync(0, 0, Noon + Day, default, Stop);
        Assert.InRange(Named(), 4, 6);
        Assert.Equal(210, (await warehouse.BooksAsync(0, Stop)).Events);
    }

    [Fact]
    public async Task What_no_manifest_names_goes_after_a_while_and_nothing_that_one_names()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var warehouse = _scratch.Open(time: time);
        await warehouse.StateAsync(0, Stop);
        for (var number = 1; number <= 5; number++)
            await warehouse.CommitAsync(Batch(0, number, epoch: 0, sites: [1]), Stop);
        var orphan = Path.Combine(_scratch.Path, "p0000", "events-000000000009-left.parquet.aside");
        await File.WriteAllTextAsync(orphan, "left by a crash", Stop);
        await warehouse.CompactAsync(0, 0, Noon, default, Stop);
        Assert.Equal(6, _scratch.Manifests.Length);
        Assert.True(File.Exists(orphan));
        time.Advance(TimeSpan.FromHours(2));
        await warehouse.CompactAsync(0, 0, Noon, default, Stop);
        // The version before was replaced just now, by the clock of the test long ago: the newest alone is left.
        Assert.Single(_scratch.Manifests);
        Assert.False(File.Exists(orphan));
        Assert.Equal(Named() + 1, _scratch.Files.Length);
        Assert.Equal(5, (await warehouse.BooksAsync(0, Stop)).Events);
    }

    [Fact]
    public async Task A_small_sites_question_about_a_past_month_opens_a_file_of_events_and_one_of_visits()
    {
        var tables = _scratch.OpenTables(with: options => options with { FileRows = 5_000 });
        await using var warehouse = new ParquetWarehouse(tables);
        await warehouse.StateAsync(0, Stop);
        for (var day = 0; day < 60; day++)
        {
            await warehouse.CommitAsync(Batch(0, day + 1, epoch: 0, sites: [.. Enumerable.Range(1, 40)], at: Noon + (day * Day)), Stop);
            if (day % 5 == 4)
                await warehouse.CompactAsync(0, 0, Noon + (day * Day) + 1, default, Stop);
        }
        using var engine = new DuckDbReportEngine(tables, TimeSpan.FromMinutes(1), 1, () => "test", TimeProvider.System);
        var answer = await engine.RunAsync(Question(site: 7, new(2026, 4, 1), new(2026, 4, 28)), Stop);
        Assert.Equal(28, answer.Totals[0]);
        Assert.Equal(2, tables.FilesOfLastQuestion);
        Assert.InRange(Named(), 10, 100);
    }

    [Fact]
    public async Task A_large_day_that_is_over_is_cut_by_sites()
    {
        var tables = _scratch.OpenTables(with: options => options with { FileRows = 100 });
        await using var warehouse = new ParquetWarehouse(tables);
        await warehouse.StateAsync(0, Stop);
        for (var number = 0; number < 16; number++)
        {
            await warehouse.CommitAsync(Batch(0, number + 1, epoch: 0, sites: [.. Enumerable.Range(1, 60)], at: Noon + number), Stop);
            await warehouse.CompactAsync(0, 0, Noon + number, default, Stop);
        }
        using var engine = new DuckDbReportEngine(tables, TimeSpan.FromMinutes(1), 1, () => "test", TimeProvider.System);
        var question = Question(site: 7, new(2026, 3, 28), new(2026, 3, 28));
        Assert.Equal(16, (await engine.RunAsync(question, Stop)).Totals[0]);
        Assert.InRange(tables.FilesOfLastQuestion, 10, 60);
        await warehouse.CommitAsync(Batch(0, 20, epoch: 0, sites: [1], at: Noon + (3 * Day)), Stop);
        await warehouse.CompactAsync(0, 0, Noon + (3 * Day), default, Stop);
        Assert.Equal(16, (await engine.RunAsync(question, Stop)).Totals[0]);
        Assert.InRange(tables.FilesOfLastQuestion, 2, 4);
    }

    [Fact]
    public async Task A_report_whose_files_were_deleted_under_it_is_answered_from_the_next_version()
    {
        var tables = _scratch.OpenTables(with: options => options with { Keep = TimeSpan.Zero });
        await using var warehouse = new ParquetWarehouse(tables);
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(Batch(0, 1, epoch: 0, sites: [1]), Stop);
        await using var writer = _scratch.Open(with: options => options with { Keep = TimeSpan.Zero });
        using var engine = new DuckDbReportEngine(tables, TimeSpan.FromMinutes(1), 1, () => "test", TimeProvider.System);
        var question = Question(site: 1, new(2026, 3, 28), new(2026, 3, 28));
        var (before, gone) = (_scratch.Files, 0);
        var answer = await engine.RunAsync(question with { Metrics = new HookedMetrics(question.Metrics, () => Task.Run(WriteOnAsync, Stop).Wait(Stop)) }, Stop);
        Assert.Equal(2, answer.Totals[0]);
        Assert.InRange(gone, 3, before.Length);

        async Task WriteOnAsync()
        {
            await writer.StateAsync(0, Stop);
            await writer.CommitAsync(Batch(0, 2, epoch: 0, sites: [1]), Stop);
            await writer.CompactAsync(0, 0, Noon, default, Stop);
            await writer.CompactAsync(0, 0, Noon, default, Stop);
            gone = before.Count(file => !File.Exists(file));
        }
    }

    [Fact]
    public async Task A_file_that_is_not_what_its_manifest_says_is_told_and_not_written_again()
    {
        await using var warehouse = _scratch.Open();
        await warehouse.StateAsync(0, Stop);
        await warehouse.CommitAsync(Batch(0, 1, epoch: 0, sites: [1]), Stop);
        var file = _scratch.Files.First(path => Path.GetFileName(path).StartsWith("events-", StringComparison.Ordinal));
        var bytes = await File.ReadAllBytesAsync(file, Stop);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(file, bytes, Stop);
        var told = await Assert.ThrowsAsync<InvalidDataException>(() => warehouse.CompactAsync(0, 0, Noon, default, Stop).AsTask());
        Assert.Contains(Path.GetFileName(file), told.Message, StringComparison.Ordinal);
    }

    /// <summary>How many files the newest manifest names.</summary>
    int Named() => System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(_scratch.Manifests[^1])).RootElement.GetProperty("files").GetArrayLength();

    static ReportQuery Question(int site, DateOnly from, DateOnly to) => new()
    {
        Site = new Site(site, ["example.com"], "UTC", "EUR", SiteSettings.Default),
        Metrics = [Metrics.Find("events")!, Metrics.Find("visits")!],
        Dimensions = [Dimensions.Find("source")!],
        Range = new DateRange(from, to),
        Order = [new ReportOrder("events", true)],
    };

    static WarehouseBatch Batch(int partition, long offset, long epoch, int[] sites, long at = Noon)
    {
        var batch = new WarehouseBatch { Position = new LogPosition(partition, offset), Epoch = epoch, NextSequence = 1, NextVisit = 1, CompleteUntil = at };
        foreach (var site in sites)
        {
            var visit = (offset * 1000) + site;
            var made = new Event
            {
                Site = site,
                Sequence = visit,
                LogOffset = offset,
                ReceivedAt = at,
                OccurredAt = at,
                Visitor = (ulong)visit,
                Visit = visit,
                Identity = VisitorIdentity.User,
            };
            batch.Events.Add(made);
            batch.PartOf(made).Add(made);
            batch.Keys.Add(((UInt128)(ulong)visit, DateOnly.FromDateTime(DateTime.UnixEpoch.AddMilliseconds(at))));
            batch.Count(site, at, Outcomes.Accepted);
            batch.Activity[site] = new SiteActivity(at, null);
        }
        return batch;
    }
}
