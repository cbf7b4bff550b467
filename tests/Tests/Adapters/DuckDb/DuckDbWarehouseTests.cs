using Footfall.Adapters.DuckDb;
using Footfall.Core.Enrichment;
using Footfall.Core.HitLog;
using Footfall.Core.Hits;
using Footfall.Core.Warehouse;

namespace Footfall.Tests.Adapters.DuckDb;

public sealed class DuckDbWarehouseTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("footfall-warehouse").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Whoever_is_forgotten_leaves_with_visits_events_and_items_and_the_ledger_balances()
    {
        await using var warehouse = DuckDbWarehouse.Open(Path.Combine(_folder, "warehouse.duckdb"), 128);
        var batch = new WarehouseBatch { Position = new LogPosition(0, 900), NextSequence = 9, NextVisit = 4, CompleteUntil = 5000 };
        for (var number = 1; number <= 6; number++)
        {
            var made = new Event { Site = 1, Sequence = number, LogOffset = number, ReceivedAt = 5000, OccurredAt = 5000, Visitor = (ulong)(number % 3) + 1, Visit = (number % 3) + 1, Name = "click", Hostname = "", Page = "/", Identity = VisitorIdentity.User };
            made.Items = [new SentItem("i", "Item", null, null, null, 1, 1)];
            batch.Events.Add(made);
            batch.PartOf(made).Add(made);
            batch.Count(1, 5000, Outcomes.Accepted);
            batch.Count(1, 5000, Outcomes.Counted);
        }
        await warehouse.CommitAsync(batch, TestContext.Current.CancellationToken);
        await warehouse.CompactAsync(0, 0, 10_000, new DateOnly(1970, 1, 1), TestContext.Current.CancellationToken);
        var gone = await warehouse.ForgetAsync(0, 1, 2, TestContext.Current.CancellationToken);
        Assert.Equal((new LogPosition(0, 900), 2, 1), (gone.Through, gone.Events, gone.Visits));
        var books = await warehouse.BooksAsync(0, TestContext.Current.CancellationToken);
        Assert.Equal((4, 2), (books.Events, books.Visits));
        Assert.Equal([new(1, Outcomes.Accepted, 6), new(1, Outcomes.Counted, 4), new(1, Outcomes.Erased, 2)], books.Outcomes);
        gone = await warehouse.ForgetAsync(0, 1, null, TestContext.Current.CancellationToken);
        Assert.Equal((4, 2), (gone.Events, gone.Visits));
        using var reader = warehouse.Connect();
        using var command = reader.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM items) + (SELECT count(*) FROM events_all) + (SELECT count(*) FROM visits_all)";
        Assert.Equal(0L, command.ExecuteScalar());
    }

    [Fact]
    public async Task A_damaged_file_is_set_aside_and_an_empty_one_begun()
    {
        var path = Path.Combine(_folder, "warehouse.duckdb");
        await File.WriteAllTextAsync(path, new string('x', 20_000), TestContext.Current.CancellationToken);
        await using var warehouse = DuckDbWarehouse.OpenOrRebuild(path, 128);
        Assert.Equal(0, (await warehouse.StateAsync(0, TestContext.Current.CancellationToken)).Position.Offset);
        Assert.True(File.Exists(path + ".damaged"));
    }
}
