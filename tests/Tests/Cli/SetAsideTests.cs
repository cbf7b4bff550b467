using Footfall.Adapters.DuckDb;
using Footfall.Core.Warehouse;
using Footfall.Server;

namespace Footfall.Tests.Cli;

/// <summary>Hits set aside, over the command line and a server's API. A warehouse is made to look as if a step had failed on one.</summary>
public sealed class SetAsideTests : IDisposable
{
    const string Log = """
        192.0.2.7 - - [24/Nov/2026:10:00:00 +0000] "GET /first HTTP/1.1" 200 99 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
        192.0.2.8 - - [24/Nov/2026:10:00:01 +0000] "GET /second HTTP/1.1" 200 99 "-" "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

        """;

    readonly CliFixture _cli = new() { Start = RunningServer.StartAsync };

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _cli.Dispose();

    [Fact]
    public async Task Doctor_lists_them_and_a_replay_counts_them_once()
    {
        await RunAsync("site", "add", "example.com");
        await RunAsync("import", "--site", "example.com", _cli.Write("access.log", Log));
        var books = await BooksAsync(events: 2);
        await SetAsideOneAsync();
        Assert.Equal(1, (await BooksAsync(events: 1)).Visits);

        var (code, told, _) = await _cli.RunAsync("doctor");
        Assert.Equal(1, code);
        Assert.Contains("a step of processing failed on 1 hits", told, StringComparison.Ordinal);
        Assert.Contains("example.com, position 0/", told, StringComparison.Ordinal);
        Assert.Contains("FormatException: as if", told, StringComparison.Ordinal);

        Assert.Contains("1 hits passed and are counted; 0 failed again.", await RunAsync("hits", "replay"), StringComparison.Ordinal);
        Assert.Contains("0 hits passed", await RunAsync("hits", "replay", "--site", "example.com"), StringComparison.Ordinal);
        Assert.Contains("hits set aside: none", await RunAsync("doctor"), StringComparison.Ordinal);
        var after = await BooksAsync(events: 2);
        Assert.Equal((books.Position, books.Events, books.Visits), (after.Position, after.Events, after.Visits));
        Assert.Equal(books.Outcomes, after.Outcomes.Where(sum => sum.Outcome != Outcomes.SetAside));
        Assert.Equal(2, (await _cli.RunAsync("hits", "replay", "--site", "nowhere.example")).Code);
    }

    async Task<string> RunAsync(params string[] arguments)
    {
        var (code, told, error) = await _cli.RunAsync(arguments);
        Assert.True(code == 0, told + error);
        return told;
    }

    /// <summary>What the file says, once it has so many events; a server that is started works off what is left.</summary>
    async Task<WarehouseBooks> BooksAsync(long events)
    {
        for (var attempt = 0; ; attempt++)
        {
            await using (var warehouse = Open())
            {
                var books = await warehouse.BooksAsync(0, Stop);
                if (books.Events == events || attempt == 20)
                    return books;
            }
            await _cli.RunAsync("doctor");
        }
    }

    async Task SetAsideOneAsync()
    {
        await using var warehouse = Open();
        using var writer = warehouse.Connect();
        using var command = writer.CreateCommand();
        command.CommandText =
            """
            CREATE TEMP TABLE it AS SELECT * FROM events_all ORDER BY sequence LIMIT 1;
            INSERT INTO set_aside SELECT 0, log_offset, 0, uuid(), site, visitor, received_at, sequence, 'FormatException: as if', received_at FROM it;
            INSERT INTO ledger SELECT site, date_trunc('hour', received_at), unnest(['counted', 'refused:set_aside']), unnest([-1, 1]) FROM it;
            DELETE FROM visits WHERE visit IN (SELECT visit FROM it);
            DELETE FROM visit_parts WHERE visit IN (SELECT visit FROM it);
            DELETE FROM events WHERE sequence IN (SELECT sequence FROM it);
            DELETE FROM events_recent WHERE sequence IN (SELECT sequence FROM it);
            DELETE FROM event_keys;
            """;
        await command.ExecuteNonQueryAsync(Stop);
    }

    DuckDbWarehouse Open() => DuckDbWarehouse.Open(Path.Combine(_cli.Data, "warehouse.duckdb"), 256);
}
